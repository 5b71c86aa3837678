import { Button, Group, Modal, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useText } from '../text/use-text.ts'

interface ConfirmProps {
  isOpen: boolean
  title: string
  message: ReactNode
  confirmLabel: string
  isDanger?: boolean
  onConfirm: () => void
  onCancel: () => void
}

/** Asks once more before something that cannot be undone. */
export function Confirm({ isOpen, title, message, confirmLabel, isDanger = false, onConfirm, onCancel }: ConfirmProps) {
  const { words } = useText()
  return (
    <Modal
      opened={isOpen}
      onClose={onCancel}
      title={<strong>{title}</strong>}
      closeButtonProps={{ 'aria-label': words.actions.close }}
    >
      <Text>{message}</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onCancel} data-autofocus>
          {words.actions.cancel}
        </Button>
        <Button {...(isDanger ? { color: 'red' } : {})} onClick={onConfirm}>
          {confirmLabel}
        </Button>
      </Group>
    </Modal>
  )
}
