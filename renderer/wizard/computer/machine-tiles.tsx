import { IconBatteryCharging, IconCpu, IconCpu2, IconDeviceDesktop } from '@tabler/icons-react'
import type { MachineProfile } from '../../../preload/contract/machine.ts'
import { useText } from '../../text/use-text.ts'
import { Notice } from '../../ui/parts/notice.tsx'
import { Tile, Tiles } from '../../ui/layout/panel.tsx'

/** The computer in four facts, in words. */
export function MachineTiles({ profile }: { profile: MachineProfile }) {
  const { words } = useText()
  const { computer } = words
  return (
    <>
      <Tiles>
        <Tile icon={IconCpu} label={computer.processor} value={profile.cpu.name} detail={computer.cores(profile.cpu)} />
        <Tile
          icon={IconCpu2}
          label={computer.memory}
          value={computer.memoryTotal(profile.memory)}
          detail={computer.memoryFree(profile.memory)}
        />
        <Graphics profile={profile} />
        <Tile
          icon={IconBatteryCharging}
          label={computer.power}
          value={computer.powerSource(profile.power)}
          detail={computer.powerAdvice(profile.power)}
        />
      </Tiles>
      {profile.power.source === 'battery' && <Notice kind="warning" message={computer.onBattery} />}
    </>
  )
}

function Graphics({ profile }: { profile: MachineProfile }) {
  const { words } = useText()
  const { computer } = words
  const [first, ...others] = profile.gpus
  const unused = profile.otherGraphics.map((graphics) => (
    <div key={graphics.name}>{computer.unusedGraphics(graphics)}</div>
  ))
  return (
    <Tile
      icon={IconDeviceDesktop}
      label={computer.graphics}
      value={first === undefined ? computer.noGraphics : first.name}
      detail={
        <>
          <div>{first === undefined ? computer.noGraphicsDetail : computer.graphicsMemory(first)}</div>
          {others.map((gpu, index) => (
            // Two cards of one kind have the same name, so only their place tells them apart.
            // oxlint-disable-next-line react/no-array-index-key
            <div key={index}>{computer.furtherGraphics(gpu)}</div>
          ))}
          {unused}
        </>
      }
    />
  )
}
