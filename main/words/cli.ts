import type { DaemonStatus } from '../../preload/contract/daemon.ts'
import type { LocalModel } from '../../preload/contract/model.ts'
import type { MachineProfile } from '../../preload/contract/machine.ts'
import type { StudyState } from '../../preload/contract/study.ts'

/** What the command line says itself in one language, apart from help, errors and the sentences of studies. */
export interface CliWords {
  /** Of its numbers. */
  locale: string
  range: (low: string, high: string) => string
  percentRange: (value: number, low: number, high: number) => string
  allAutomatic: string

  doctor: {
    data: string
    system: string
    processor: string
    cores: string
    memory: string
    graphics: string
    power: string
    builtIn: string
    features: string
    coreCounts: (cpu: MachineProfile['cpu']) => string
    memoryFree: (total: string, free: string, limit: string | null) => string
    graphicsMemory: (total: string, isShared: boolean, free: string | null) => string
    noGraphics: string
    powerSources: Record<MachineProfile['power']['source'], string>
    daemonState: Record<DaemonStatus['state'], string>
    builtInStopped: string
    daemonAt: (state: string, url: string, version: string | null) => string
    ready: string
    otherComputer: string
    onBattery: string
    lowMemory: (free: string) => string
  }

  models: {
    columns: [model: string, size: string, quantisation: string, where: string, fit: string]
    fits: Record<NonNullable<LocalModel['fit']>, string>
    writtenOnFirstUse: string
    builtIn: string
    writingPractice: string
  }

  studies: {
    none: string
    columns: [id: string, begun: string, model: string, goal: string, state: string, verdict: string]
    states: Record<StudyState, string>
    withoutReport: (id: string, state: string, trials: number, why: string | null) => string
    changes: string
    forOllama: string
    takeBack: string
    id: (id: string) => string
    wrote: (path: string) => string
    registering: (tag: string) => string
    registeredUnmeasured: (tag: string) => string
    registered: (tag: string, promised: string, measured: string, isKept: boolean | null) => string
    removed: (tag: string) => string
    figures: { settings: string; turn: string; ttft: string; prefill: string; decode: string; memory: string }
  }

  tune: {
    warning: (text: string) => string
    expected: (settings: number, low: string, high: string) => string
    stopping: string
    rates: (reading: string, writing: string) => string
    cutShort: string
    trial: (number: number, expected: number, elapsed: string, left: string | null) => string
  }

  insight: {
    matters: string
    shareColumns: [setting: string, share: string]
    together: string
    noEffect: string
    choices: string
    preferred: string
    balanced: string
    breaksLimit: string
  }
}

export const englishCli: CliWords = {
  locale: 'en-US',
  range: (low, high) => `${low} to ${high}`,
  percentRange: (value, low, high) => `${value}% (${low} to ${high}%)`,
  allAutomatic: 'everything automatic',

  doctor: {
    data: 'data',
    system: 'system',
    processor: 'processor',
    cores: 'cores',
    memory: 'memory',
    graphics: 'graphics',
    power: 'power',
    builtIn: 'built-in engine',
    features: 'features',
    coreCounts: ({ performanceCores, efficiencyCores, logicalCores, allowedCores }) =>
      `${performanceCores} fast + ${efficiencyCores} slow cores, ${logicalCores} threads, ${allowedCores} usable here`,
    memoryFree: (total, free, limit) => `${total}, ${free} free${limit === null ? '' : `, limited to ${limit}`}`,
    graphicsMemory: (total, isShared, free) =>
      `${total}${isShared ? ' shared' : ''}${free === null ? '' : `, ${free} free`}`,
    noGraphics: 'none found',
    powerSources: { mains: 'plugged in', battery: 'on battery', unknown: 'unknown' },
    daemonState: {
      running: 'running',
      stopped: 'installed, but not running',
      missing: 'not installed',
      unreachable: 'not to be reached',
    },
    builtInStopped: 'ready, and started when it is needed',
    daemonAt: (state, url, version) => `${state}, ${url}${version === null ? '' : `, version ${version}`}`,
    ready: 'Nothing stands in the way of a study.',
    otherComputer: 'Ollama runs on another computer: what is said of this one does not hold there.',
    onBattery: 'On battery: plug in, or the computer may slow down in mid-study.',
    lowMemory: (free) => `Only ${free} of memory are free: close other programs first.`,
  },

  models: {
    columns: ['model', 'size', 'quantisation', 'where', 'fit'],
    fits: {
      full: 'fits in graphics memory',
      partial: 'partly in graphics memory',
      cpu: 'on the processor',
      tooBig: 'too big for this computer',
    },
    writtenOnFirstUse: 'written on first use',
    builtIn: 'built-in engine',
    writingPractice: 'Writing the practice model …',
  },

  studies: {
    none: 'No studies yet. Begin with "npm run attune -- tune practice".',
    columns: ['id', 'begun (UTC)', 'model', 'goal', 'state', 'verdict'],
    states: {
      running: 'running',
      paused: 'paused',
      interrupted: 'interrupted',
      failed: 'failed',
      finished: 'finished',
      stopped: 'stopped',
    },
    withoutReport: (id, state, trials, why) =>
      `Study ${id} is ${state} after ${trials} trials${why === null ? '' : `: ${why}`}`,
    changes: 'What changes:',
    forOllama: 'To be set for Ollama itself:',
    takeBack: 'To take it back:',
    id: (id) => `Study ${id}`,
    wrote: (path) => `Wrote ${path}.`,
    registering: (tag) => `Registering ${tag} and measuring it as saved …`,
    registeredUnmeasured: (tag) => `${tag} is registered but could not be measured.`,
    registered: (tag, promised, measured, isKept) =>
      `${tag} is registered. Promised ${promised} s a turn, measured ${measured} s: ${isKept ? 'kept' : 'not kept'}.`,
    removed: (tag) => `Removed ${tag}. Your own models were not touched.`,
    figures: {
      settings: 'settings',
      turn: 'turn s',
      ttft: 'first token s',
      prefill: 'reading tok/s',
      decode: 'writing tok/s',
      memory: 'memory',
    },
  },

  tune: {
    warning: (text) => `Mind: ${text}`,
    expected: (settings, low, high) =>
      `${settings} settings to choose from; expected ${low} to ${high}. Ctrl-C stops and keeps what was found.`,
    stopping: 'Stopping; the study is kept …',
    rates: (reading, writing) => `${reading} reading, ${writing} writing tok/s`,
    cutShort: ' (cut short: it could not win)',
    trial: (number, expected, elapsed, left) =>
      `trial ${number} of about ${expected}, ${elapsed}${left === null ? '' : `, about ${left} left`}`,
  },

  insight: {
    matters: 'What matters:',
    shareColumns: ['setting', 'share of the differences'],
    together: 'together, beyond each alone',
    noEffect: 'not distinguishable from no effect',
    choices: 'What there is to choose between:',
    preferred: 'best by what counts',
    balanced: 'balanced',
    breaksLimit: 'breaks a limit',
  },
}
