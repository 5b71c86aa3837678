import type { DaemonFeatures, DaemonKind, UsualDaemon } from '../../preload/contract/daemon.ts'
import { AttuneError } from '../../preload/contract/errors.ts'
import type { StudyRequest } from '../../preload/contract/goal.ts'
import type { MachineProfile } from '../../preload/contract/machine.ts'
import type { MemoryCalibration } from '../../preload/contract/model.ts'
import type { Study } from '../../preload/contract/study.ts'
import { conditionsOf, type Condition } from '../hardware/conditions/conditions.ts'
import type { MachineConditions } from '../hardware/conditions/read-conditions.ts'
import type { GraphicsMemoryWatch } from '../measure/load.ts'
import type { MemoryWatch } from '../measure/memory-guard.ts'
import type { ProcessorWatch } from '../measure/processor-watch.ts'
import { ownUseOf, type ConditionsWatch } from '../measure/surroundings.ts'
import type { Daemon, LoadedModel, ShownModel } from '../ollama/daemon.ts'
import { privateFeatures } from '../ollama/features.ts'
import type { PrivatePlace } from '../ollama/private/place.ts'
import { isSameName } from '../models/names.ts'
import { knownCrashes } from './earlier/crashes.ts'
import { learnFrom } from './earlier/learning.ts'
import { memoryTaughtBefore } from './earlier/memory.ts'
import { describeUsual } from './own-daemon.ts'
import { createPlan, type PlannedStudy } from './plan.ts'
import { remoteProfile } from './remote.ts'
import { probedBefore } from './probe/belief.ts'
import type { MachineProbe } from './probe/probing.ts'
import type { PowerWatch } from './run/mains.ts'
import type { StudySetting } from './earlier/setting.ts'

/** Which daemon: the built-in engine, or the Ollama at an address; without one, that which is used at present. */
export interface DaemonPlace {
  kind: DaemonKind
  url?: string
}

/** A daemon as studies use it. */
export interface StudyDaemon {
  daemon: Daemon
  /** False when it runs on another computer. */
  isLocal: boolean
  /** Sees what other programs take of the processor while this daemon works. */
  processorWatch: ProcessorWatch
  /** Sees how much memory is left; absent where the daemon runs elsewhere, or the system does not tell cheaply. */
  memoryWatch?: MemoryWatch
  /** Sees what bears on the computer's speed; absent where the daemon runs elsewhere. */
  conditionsWatch?: ConditionsWatch
  /** Tells what the graphics cards have left; absent where the daemon runs elsewhere. */
  graphicsMemoryWatch?: GraphicsMemoryWatch
  /** Tells what the computer is fed by; absent where the daemon runs elsewhere. */
  powerWatch?: PowerWatch
  /** Finds out what processor and memory can do; absent where the daemon runs elsewhere. */
  probe?: MachineProbe
  /**
   * How an Ollama of the study's own can run beside this one; rejects where it cannot. Absent where the daemon runs
   * elsewhere, or needs none.
   */
  findPlace?: () => Promise<PrivatePlace>
}

/** Finds out about the computer. */
export interface ComputerTools {
  profile: () => Promise<MachineProfile>
  conditions: () => Promise<MachineConditions>
}

/** Everything that was found out before a study, at one moment. */
export interface Preparation {
  machine: MachineProfile
  version: string
  features: DaemonFeatures
  digest: string
  shown: ShownModel
  loaded: LoadedModel[]
  /** What makes measuring unsteady at present. */
  conditions: Condition[]
  /** What is known of the user's daemon, where the study is to measure in one of its own. */
  usual?: UsualDaemon | undefined
}

/** What of a request decides what has to be found out, and in which daemon it is measured. */
type Wish = Pick<StudyRequest, 'model' | 'remoteComputer' | 'privateDaemon' | 'quantisedCache'>

/**
 * Asks the daemon about the model and about itself.
 *
 * Rejects with `modelNotFound` if the daemon does not list the model, `modelUnsupported` if it cannot answer text,
 * `conflict` or `daemonMissing` if the study is to have a daemon of its own and cannot.
 */
export async function prepare(
  target: StudyDaemon,
  { model: { name: modelName }, remoteComputer = {}, privateDaemon, quantisedCache }: Wish,
  computer: ComputerTools,
): Promise<Preparation> {
  const { daemon, isLocal } = target
  const { version, features } = await daemon.version()
  const usual = privateDaemon ? await describeUsual(target) : undefined
  const digest = await digestOf(daemon, modelName)
  const shown = await daemon.showModel(modelName)
  if (shown.capabilities.length > 0 && !shown.capabilities.includes('completion')) {
    throw new AttuneError({
      code: 'modelUnsupported',
      message: `${modelName} does not write text, so there is nothing to tune.`,
      hint: 'Choose a model for chatting or writing.',
    })
  }
  // The profile last: what is loaded and what memory is free belong together.
  const loaded = await daemon.listLoaded()
  const [machine, conditions] = await Promise.all([
    isLocal ? computer.profile() : remoteProfile(remoteComputer),
    isLocal ? judgeConditions(computer, loaded) : [],
  ])
  const known = { machine, version, digest, shown, loaded, conditions, usual }
  return { ...known, features: usual ? privateFeatures(features, quantisedCache ?? false) : features }
}

async function judgeConditions(computer: ComputerTools, loaded: readonly LoadedModel[]): Promise<Condition[]> {
  return conditionsOf(await computer.conditions(), ownUseOf(loaded))
}

/** The digest by which the daemon knows the tag's present content. Rejects with `modelNotFound`. */
export async function digestOf(daemon: Daemon, modelName: string): Promise<string> {
  const listed = (await daemon.listModels()).find(({ name }) => isSameName(name, modelName))
  if (listed) return listed.digest
  throw new AttuneError({
    code: 'modelNotFound',
    message: `There is no model called ${modelName}.`,
    hint: 'Choose one from the list of models.',
  })
}

/** @param earlier studies, newest first */
export function planFor(
  request: StudyRequest,
  { isLocal }: StudyDaemon,
  preparation: Preparation,
  earlier: readonly Study[],
): PlannedStudy {
  return planWith(request, isLocal, preparation, memoryTaughtBefore(earlier, settingOf(preparation)))
}

function planWith(
  request: StudyRequest,
  isLocal: boolean,
  { machine, features, loaded, shown, conditions, usual }: Preparation,
  memoryCalibration: MemoryCalibration | null,
): PlannedStudy {
  const daemon = { features, isLocal, loaded, usual }
  return createPlan({ request, machine, conditions, daemon, model: shown, memoryCalibration })
}

function settingOf({ machine, digest }: Preparation): StudySetting {
  return { machine, model: { digest } }
}

function reloadable({ name, contextLength }: LoadedModel): { name: string; contextLength: number | null } {
  return { name, contextLength }
}

/**
 * A study before its first trial, in state `running`.
 *
 * @param earlier studies, newest first
 */
export function newStudy(
  request: StudyRequest & { seed: number },
  target: StudyDaemon,
  preparation: Preparation,
  identity: { id: string; createdAt: string },
  earlier: readonly Study[] = [],
): Study {
  const { machine, version, features, digest, shown, usual } = preparation
  const { kind, url } = target.daemon
  const setting = settingOf(preparation)
  const memoryCalibration = memoryTaughtBefore(earlier, setting)
  const probe = target.isLocal && request.probesMachine === true ? probedBefore(earlier, machine) : undefined
  return {
    schemaVersion: 1,
    ...identity,
    updatedAt: identity.createdAt,
    state: 'running',
    phase: 'baseline',
    request,
    machine,
    daemon: {
      kind,
      url,
      version,
      features,
      ...(usual ? { usual } : {}),
      ...(target.isLocal ? {} : { isRemote: true }),
    },
    model: { ref: request.model, digest, facts: shown.facts, parameters: shown.parameters },
    plan: planWith(request, target.isLocal, preparation, memoryCalibration).plan,
    learnt: learnFrom(earlier, { machine, daemon: target.daemon }),
    ...(probe ? { probe } : {}),
    memoryCalibration,
    crashedBefore: knownCrashes(earlier, setting),
    loadedBefore: request.reloadsModels === false ? [] : preparation.loaded.map(reloadable),
    trials: [],
    report: null,
    searchEnded: null,
    certificates: [],
    failure: null,
    activeSeconds: 0,
  }
}
