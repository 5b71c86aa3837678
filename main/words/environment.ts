import type { Reason } from '../../preload/contract/estimate.ts'
import type { Sentences } from './say.ts'
import { gained, plural, room } from './study.ts'

/** What belongs to the environment of Ollama rather than to one model, what it does, and how it is changed. */
export const environmentSentences = {
  'environment.needed': () =>
    'These settings belong in part to the whole Ollama server, and no saved model can hold them: they have to be set in its environment, once.',
  'environment.tagBrings': (values) =>
    `Without that, the saved model alone measured ${gained(values)} (${plural(values.loads, 'load')}).`,
  'environment.tagBringsNothing': () => 'Without that, a saved model would change nothing.',
  'environment.tagUnmeasured': () => 'What the saved model brings without that was not measured.',
  'environment.answersMayDiffer': ({ type }) =>
    `With the context kept as ${type} answers may differ slightly, and how good they are was not measured.`,
  'environment.othersWait': () =>
    'With room for one conversation, a second one that comes meanwhile waits until the first is answered.',
  'environment.forAllModels': () => 'It holds for all models that this Ollama runs, and from its next start.',

  'environment.flashAttentionOn': () => 'Switches flash attention on for every model.',
  'environment.flashAttentionOff': () => 'Switches flash attention off for every model.',
  'environment.cacheType': ({ type }) => `Keeps the context of every model as ${type}.`,
  'environment.conversations': ({ count }) => `Keeps ${room(count)} at once.`,

  'environment.how.systemd': () =>
    'Ollama is a system service here. In a terminal (it asks for your password, and restarts Ollama):',
  'environment.how.shell': () => 'End the Ollama that runs, then start it in a terminal like this:',
  'environment.how.launchctl': () =>
    'In a terminal (it restarts Ollama; after you log in again it has to be repeated):',
  'environment.how.windows': () =>
    'In a command prompt; then quit Ollama by its icon beside the clock, and start it again from the start menu:',
} as const satisfies Sentences

export type EnvironmentCode = keyof typeof environmentSentences

/** A fact whose sentence is above. */
export interface EnvironmentReason extends Reason {
  code: EnvironmentCode
}
