import { listen } from './api/server.ts'
import { createEngineRoutes } from './engine.ts'
import { parseSettings, type ReadyMessage } from './process-protocol.ts'

/**
 * The engine's process. It is started by `launcher.ts` with its settings in the environment, says over IPC where it
 * listens, and ends with its parent: when the channel closes, for whatever reason, nothing may stay behind, a running
 * llama.cpp computation included, so it kills itself rather than exit in order. All that matters is on disk already.
 */
const settings = parseSettings(process.env)
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'))
const { url } = await listen(
  await createEngineRoutes({
    dataFolder: settings.dataFolder,
    maximumWaiting: settings.maximumWaiting,
    now: () => new Date(),
  }),
)
process.send?.({ type: 'ready', url } satisfies ReadyMessage)
