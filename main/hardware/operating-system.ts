import type { MachineProfile } from '../../preload/contract/machine.ts'
import type { MachineSources } from './sources.ts'
import { parseKeyValues } from './text.ts'

type OperatingSystem = MachineProfile['os']

/** "Debian GNU/Linux 12 (bookworm)" from /etc/os-release; null if it is not there. */
export function parseOsRelease(text: string | null): string | null {
  return (
    parseKeyValues(text, '=')
      .get('PRETTY_NAME')
      ?.replace(/^["']|["']$/g, '') || null
  )
}

/** The system's own name for itself, falling back on what Node knows. */
export async function readOperatingSystem(sources: MachineSources): Promise<OperatingSystem> {
  const { platform, release } = sources.basics
  switch (platform) {
    case 'linux':
      return { platform, name: parseOsRelease(await sources.readFile('/etc/os-release')) ?? 'Linux', release }
    case 'darwin': {
      const version = /^\d+(\.\d+)*/.exec((await sources.run('/usr/bin/sw_vers', ['-productVersion'])) ?? '')?.[0]
      return { platform, name: version === undefined ? 'macOS' : `macOS ${version}`, release }
    }
    default:
      return basicOperatingSystem(sources)
  }
}

export function basicOperatingSystem({ basics }: MachineSources): OperatingSystem {
  const { platform, systemName, release } = basics
  const known = platform === 'linux' || platform === 'darwin' || platform === 'win32'
  return { platform: known ? platform : 'other', name: systemName || platform, release }
}
