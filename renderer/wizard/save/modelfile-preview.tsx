import { Button, Group } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { RouteOutput } from '../../../preload/contract/routes.ts'
import type { Remote } from '../../state/remote.ts'
import { useText } from '../../text/use-text.ts'
import { CopyButton } from '../../ui/parts/copy-button.tsx'
import { downloadText } from '../../ui/browser/download.ts'
import { RemoteView } from '../../ui/layout/remote-view.tsx'
import classes from './save.module.css'

interface ModelfilePreviewProps {
  preview: Remote<RouteOutput<'save.preview'>>
  name: string
  onRetry: () => void
}

/** What will be written, exactly, to read, copy or keep as a file. */
export function ModelfilePreview({ preview, name, onRetry }: ModelfilePreviewProps) {
  const { words } = useText()
  return (
    <RemoteView remote={preview} onRetry={onRetry} placeholderRem={12}>
      {({ modelfile }) => (
        <div className={classes.preview}>
          <div className={classes.previewTitle}>{words.save.modelfile}</div>
          {/* Long lines scroll within the block, which must then be reachable by keyboard. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <section className={classes.code} aria-label={words.save.modelfile} tabIndex={0}>
            <pre>{modelfile}</pre>
          </section>
          <Group gap="sm">
            <CopyButton text={modelfile} />
            <Button
              variant="default"
              size="sm"
              leftSection={<IconDownload size={16} aria-hidden />}
              onClick={() => downloadText(`${fileName(name)}.Modelfile`, modelfile)}
            >
              {words.save.saveFile}
            </Button>
          </Group>
        </div>
      )}
    </RemoteView>
  )
}

/** A tag as part of a file name: `:` and `/` mean something to file systems. */
function fileName(tag: string): string {
  return tag.replaceAll(/[^\w.-]+/g, '-')
}
