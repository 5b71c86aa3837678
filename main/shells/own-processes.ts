import { forkNode, type StartProcess } from '../processes/start.ts'

/** How this program starts processes of its own: whichever door it is, Electron's way if Electron runs it. */
export async function ownProcesses(): Promise<StartProcess> {
  if (process.versions['electron'] === undefined) return forkNode
  return (await import('./electron/utility.ts')).forkUtility
}
