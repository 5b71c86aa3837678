import { AttuneError } from '../../preload/contract/errors.ts'
import { connectParent } from '../processes/parent.ts'
import { listen } from './api/server.ts'
import { parseSettings, type StartMessage } from './process-protocol.ts'
import { trustLibraries } from './trial-process.ts'

/**
 * The engine's process. It is started by `launcher.ts` with its settings in the environment, says over IPC where it
 * listens, and ends with its parent: when the channel closes, for whatever reason, nothing may stay behind, a running
 * llama.cpp computation included, so it kills itself rather than exit in order. All that matters is on disk already.
 */
const parent = connectParent()
parent.onGoodbye(() => process.kill(process.pid, 'SIGKILL'))
if (parent.isElectron) trustLibraries()

try {
  const { createEngineRoutes } = await import('./engine.ts')
  const routes = await createEngineRoutes({ ...parseSettings(process.env), now: () => new Date() })
  const { url } = await listen(routes)
  tell({ type: 'ready', url })
} catch (error) {
  if (!(error instanceof AttuneError)) throw error
  tell({ type: 'failed', report: error.report() })
}

function tell(message: StartMessage): void {
  parent.tell(message)
}
