import type { MachineProfile } from '../../preload/contract/machine.ts'
import type { MachineSources } from './sources.ts'
import { parseWholeNumber } from './text.ts'

export type Power = MachineProfile['power']

export const unknownPower: Power = { source: 'unknown', batteryPercent: null }

/** One folder of /sys/class/power_supply, its files as they are. */
export interface PowerSupply {
  type: string | null
  /** "Device" marks the battery of a mouse or a keyboard. */
  scope: string | null
  online: string | null
  status: string | null
  capacity: string | null
}

/** Mains if any supply is online or a battery is not being drained; a computer without a battery is on mains. */
export function judgePower(supplies: readonly PowerSupply[]): Power {
  const own = supplies.filter(({ scope }) => scope?.trim() !== 'Device')
  const batteries = own.filter(({ type }) => type?.trim() === 'Battery')
  const isOnline = own.some(({ type, online }) => type?.trim() !== 'Battery' && online?.trim() === '1')
  const statuses = batteries.map(({ status }) => status?.trim() ?? '')
  const percents = batteries.flatMap(({ capacity }) => parseWholeNumber(capacity) ?? [])
  const batteryPercent = percents.length === 0 ? null : Math.min(100, Math.max(...percents))
  if (isOnline || batteries.length === 0) return { source: 'mains', batteryPercent }
  if (statuses.includes('Discharging')) return { source: 'battery', batteryPercent }
  const isFed = statuses.some((status) => ['Charging', 'Full', 'Not charging'].includes(status))
  return { source: isFed ? 'mains' : 'unknown', batteryPercent }
}

/** `pmset -g batt` on macOS: "Now drawing from 'Battery Power'" and "… 72%; discharging; …". */
export function parsePmset(text: string | null): Power {
  if (text === null) return unknownPower
  const source = /drawing from '([^']*)'/.exec(text)?.[1]
  const percent = /\b(\d{1,3})%/.exec(text)?.[1]
  return {
    source: source === 'AC Power' ? 'mains' : source === 'Battery Power' ? 'battery' : 'unknown',
    batteryPercent: percent === undefined ? null : Math.min(100, Number(percent)),
  }
}

/** Linux by the kernel's folders, macOS by pmset; Windows is read with everything else it tells (windows.ts). */
export async function readPower(sources: MachineSources): Promise<Power> {
  switch (sources.basics.platform) {
    case 'linux':
      return readLinuxPower(sources)
    case 'darwin':
      return parsePmset(await sources.run('pmset', ['-g', 'batt']))
    default:
      return unknownPower
  }
}

async function readLinuxPower(sources: MachineSources): Promise<Power> {
  const root = '/sys/class/power_supply'
  const names = await sources.listFolder(root)
  if (names === null) return unknownPower
  const supplies = names.map(async (name): Promise<PowerSupply> => {
    const read = (file: string) => sources.readFile(`${root}/${name}/${file}`)
    const [type, scope, online, status, capacity] = await Promise.all([
      read('type'),
      read('scope'),
      read('online'),
      read('status'),
      read('capacity'),
    ])
    return { type, scope, online, status, capacity }
  })
  return judgePower(await Promise.all(supplies))
}
