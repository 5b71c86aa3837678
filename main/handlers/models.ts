import { AttuneError } from '../../preload/contract/errors.ts'
import type { AttuneEvent } from '../../preload/contract/events.ts'
import type { RemoteComputer } from '../../preload/contract/goal.ts'
import type { MachineProfile } from '../../preload/contract/machine.ts'
import type { LocalModel, ModelRef } from '../../preload/contract/model.ts'
import type { Handlers } from '../../preload/contract/routes.ts'
import { practiceName, type EngineLibrary } from '../engine/library-client.ts'
import { judgeFit } from '../models/fit.ts'
import type { ListedModel } from '../ollama/daemon.ts'
import { remoteProfile } from '../study/remote.ts'
import type { Daemons } from './daemons.ts'

/** Size of the practice model before it is written, bytes; the file's own size counts afterwards. */
const practiceSizeBytes = 80_000_000

interface ModelHandlersOptions {
  daemons: Daemons
  library: EngineLibrary
  profile: () => Promise<MachineProfile>
  /** What was said of the computer that Ollama runs on, where that is another. */
  remoteComputer: () => RemoteComputer | undefined
  /** Tags that Attune registered and has not removed. */
  attunedTags: () => Promise<ModelRef[]>
  emit: (event: AttuneEvent) => void
}

type ModelRoutes = 'model.list' | 'model.openFile' | 'model.preparePractice'

export function modelHandlers(options: ModelHandlersOptions): Pick<Handlers, ModelRoutes> {
  const { daemons, library, profile, remoteComputer, attunedTags, emit } = options

  async function describe(
    kind: ModelRef['daemon'],
    listed: readonly ListedModel[],
    isLocal = true,
  ): Promise<LocalModel[]> {
    const [machine, attuned] = await Promise.all([isLocal ? profile() : describedElsewhere(), attunedTags()])
    return listed.map((model) => ({
      ref: { daemon: kind, name: model.name },
      digest: model.digest,
      sizeBytes: model.sizeBytes,
      parameterSize: model.parameterSize,
      quantization: model.quantization,
      family: model.family,
      contextLength: model.contextLength,
      fit: machine && judgeFit(model.sizeBytes, machine),
      isPractice: kind === 'builtIn' && model.name === practiceName,
      needsPreparation: false,
      isAttuned: attuned.some((ref) => ref.daemon === kind && ref.name === model.name),
    }))
  }

  /** The other computer, if enough was said of it. */
  function describedElsewhere(): MachineProfile | null {
    const told = remoteComputer()
    return told?.memoryMiB === undefined || told.vramMiB === undefined ? null : remoteProfile(told)
  }

  async function builtInModels(): Promise<LocalModel[]> {
    // An engine that has never been used has nothing to list, and starting it would cost a second and memory.
    const listed = (await library.isEmpty()) ? [] : await (await daemons.clientFor('builtIn')).listModels()
    const models = await describe('builtIn', listed)
    return models.some(({ isPractice }) => isPractice) ? models : [...models, unwrittenPractice]
  }

  async function ollamaModels(): Promise<LocalModel[]> {
    const status = await daemons.ollamaStatus()
    // Stopped, missing or old is what the first step of the wizard is about, not a problem of the list.
    if (status.state === 'stopped' || status.state === 'missing') return []
    if (status.state === 'unreachable' && status.problem)
      throw new AttuneError({ code: 'daemonUnreachable', ...status.problem })
    return describe('ollama', await (await daemons.clientFor('ollama')).listModels(), status.isLocal)
  }

  async function builtInModel(name: string): Promise<LocalModel> {
    const model = (await builtInModels()).find(({ ref }) => ref.name === name)
    if (model) return model
    throw new AttuneError({
      code: 'modelNotFound',
      message: `The built-in engine has no model called ${name}.`,
      hint: 'Open the file again.',
    })
  }

  return {
    async 'model.list'() {
      const answers = await Promise.allSettled([ollamaModels(), builtInModels()])
      return {
        models: answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : [])),
        problems: answers.flatMap((answer) => (answer.status === 'rejected' ? [reportOf(answer.reason)] : [])),
      }
    },
    async 'model.openFile'({ path }) {
      return builtInModel(await library.openFile(path))
    },
    async 'model.preparePractice'() {
      return builtInModel(await library.writePractice((share) => emit({ type: 'practice.progress', share })))
    },
  }
}

const unwrittenPractice: LocalModel = {
  ref: { daemon: 'builtIn', name: practiceName },
  digest: '',
  sizeBytes: practiceSizeBytes,
  parameterSize: '',
  quantization: 'Q4_0',
  family: 'llama',
  contextLength: null,
  fit: 'cpu',
  isPractice: true,
  needsPreparation: true,
  isAttuned: false,
}

function reportOf(error: unknown) {
  if (error instanceof AttuneError) return error.report()
  throw error
}
