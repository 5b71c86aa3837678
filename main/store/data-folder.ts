import { posix, win32 } from 'node:path'

interface Surroundings {
  platform: NodeJS.Platform
  env: Readonly<Record<string, string | undefined>>
  homeFolder: string
}

/**
 * Where Attune keeps its settings and studies: `ATTUNE_HOME` if set, else where the platform wants a user's data
 * (XDG Base Directory Specification 0.8, which ignores relative paths; Apple's and Microsoft's guidelines).
 */
export function dataFolder({ platform, env, homeFolder }: Surroundings): string {
  const path = platform === 'win32' ? win32 : posix
  if (env['ATTUNE_HOME']) return path.resolve(env['ATTUNE_HOME'])
  if (platform === 'darwin') return path.join(homeFolder, 'Library', 'Application Support', 'Attune')
  if (platform === 'win32') return path.join(env['APPDATA'] || path.join(homeFolder, 'AppData', 'Roaming'), 'Attune')
  const xdg = env['XDG_DATA_HOME']
  return path.join(xdg && path.isAbsolute(xdg) ? xdg : path.join(homeFolder, '.local', 'share'), 'attune')
}
