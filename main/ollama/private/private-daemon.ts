import { AttuneError } from '../../../preload/contract/errors.ts'
import type { Daemon, RunnerOptions } from '../daemon.ts'
import { variablesFor, type EnvironmentSettings, type Variables } from './environment.ts'
import type { OwnServer } from './launcher.ts'

export interface PrivateDaemonOptions {
  /** The daemon that the user's programs talk to. */
  usual: Daemon
  /** The tunable variables as the user's daemon has them; a request that asks for nothing else runs with these. */
  variables: Variables
  /** Starts a server with these tunable variables and no other ones. */
  launch: (variables: Variables, signal?: AbortSignal) => Promise<OwnServer>
  connect: (url: string) => Daemon
}

/**
 * A second Ollama for one sitting of a study. It answers as the usual one would, and besides understands
 * `flash_attention`, `kv_cache_type` and `num_parallel` in a request that loads: it is then started anew where its
 * environment has to change. It only ever loads and answers; models are listed, described, made and removed by the usual daemon.
 */
export interface PrivateDaemon extends Daemon {
  /**
   * Starts, and unloads what the usual daemon has in memory. Rejects with `daemonUnreachable` where the second daemon
   * does not come up, with `conflict` where it is of another version or does not see the user's models.
   */
  begin(): Promise<void>
  /** Ends the server. To be called whatever happened. */
  close(): Promise<void>
}

interface Running {
  server: OwnServer
  daemon: Daemon
  /** Its tunable variables, as text. */
  key: string
}

export function createPrivateDaemon({ usual, variables, launch, connect }: PrivateDaemonOptions): PrivateDaemon {
  let running: Running | null = null

  async function close(): Promise<void> {
    const ending = running
    running = null
    await ending?.server.stop()
  }

  /** The server with the environment that these options ask for. */
  async function serverFor(wish: RunnerOptions, signal?: AbortSignal): Promise<Daemon> {
    const wanted = { ...variables, ...variablesFor(wish) }
    const key = JSON.stringify(wanted)
    if (running?.key === key && running.server.isRunning) return running.daemon
    await close()
    const server = await launch(wanted, signal)
    running = { server, daemon: connect(server.url), key }
    return running.daemon
  }

  return {
    kind: usual.kind,
    url: usual.url,
    async begin() {
      await requireLikeness(usual, await serverFor({}))
      for (const { name } of await usual.listLoaded()) await usual.unload(name)
    },
    close,
    version: (signal) => (running?.server.isRunning ? running.daemon : usual).version(signal),
    listModels: (signal) => usual.listModels(signal),
    showModel: (name, signal) => usual.showModel(name, signal),
    createModel: (request, signal) => usual.createModel(request, signal),
    deleteModel: (name, signal) => usual.deleteModel(name, signal),
    async listLoaded(signal) {
      const [own, others] = await Promise.all([running?.daemon.listLoaded(signal) ?? [], usual.listLoaded(signal)])
      // A model of the same name there is another program's, and must not pass for ours.
      return [...own, ...others.map((model) => ({ ...model, name: `${model.name} @ ${usual.url}` }))]
    },
    async load(name, options, keepAliveSeconds, signal) {
      const daemon = await serverFor(options, signal)
      return daemon.load(name, withoutEnvironment(options), keepAliveSeconds, signal)
    },
    async unload(name, signal) {
      if (running?.server.isRunning) await running.daemon.unload(name, signal)
    },
    async generate(request, onToken, signal) {
      const daemon = await serverFor(request.options, signal)
      return daemon.generate({ ...request, options: withoutEnvironment(request.options) }, onToken, signal)
    },
  }
}

function withoutEnvironment<T extends RunnerOptions>(options: T): Omit<T, keyof EnvironmentSettings> {
  const { flash_attention: _flash, kv_cache_type: _type, num_parallel: _count, ...rest } = options
  return rest
}

/** What another program, or one that sees other models, does says nothing of the user's. */
async function requireLikeness(usual: Daemon, own: Daemon): Promise<void> {
  const [usualVersion, ownVersion] = await Promise.all([usual.version(), own.version()])
  const hint = 'Run the study without a second Ollama.'
  if (usualVersion.version !== ownVersion.version) {
    const message = `Your Ollama is version ${usualVersion.version}, but the one that Attune can start is ${ownVersion.version}.`
    throw new AttuneError({ code: 'conflict', message, hint })
  }
  const [usualModels, ownModels] = await Promise.all([usual.listModels(), own.listModels()])
  const isSeen = new Set(ownModels.map(({ digest }) => digest))
  if (usualModels.some(({ digest }) => !isSeen.has(digest))) {
    const message = 'A second Ollama cannot read all of your models: they may belong to another user of this computer.'
    throw new AttuneError({ code: 'conflict', message, hint })
  }
}
