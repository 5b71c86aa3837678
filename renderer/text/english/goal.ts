import type { BudgetKind, GoalKind } from '../../../preload/contract/goal.ts'
import { englishStudy } from '../../../preload/words/english.ts'
import type { Format } from '../format.ts'
import { pages } from '../pages.ts'
import { plural } from '../plural.ts'

interface GoalText {
  name: string
  description: string
  /** Name and unit of the figure that is made better. */
  axis: string
  score: (value: number) => string
}

/** Step 3, and the goals by name wherever they appear. */
export function goalWords(format: Format) {
  return {
    goals: {
      chat: {
        name: 'Quick replies',
        description: 'The shortest wait from sending a message to the end of the answer. Best for chatting.',
        axis: englishStudy.axes.chat,
        score: (seconds: number) => `${format.seconds.of(seconds)} for a reply`,
      },
      throughput: {
        name: 'Long answers',
        description: 'The most text per second. Best for stories, code and summaries.',
        axis: englishStudy.axes.throughput,
        score: (rate: number) => format.tokensPerSecond.of(rate),
      },
      memory: {
        name: 'Less memory',
        description: 'The least memory without getting slower. Best if you use other programs at the same time.',
        axis: englishStudy.axes.memory,
        score: (mebibytes: number) => `${format.memory.of(mebibytes)} of memory`,
      },
    } satisfies Record<GoalKind, GoalText> as Record<GoalKind, GoalText>,
    budgets: {
      quick: { name: 'Quick', description: 'Tries what usually matters most.' },
      standard: { name: 'Standard', description: 'Right for most people.' },
      thorough: { name: 'Thorough', description: 'Tries more and measures more often.' },
    } satisfies Record<BudgetKind, { name: string; description: string }>,
    goal: {
      heading: 'What matters to you?',
      lead: 'A good choice is already made for each question. If you are not sure, go on.',
      forward: 'Make a plan',
      kinds: 'What matters most',
      context: 'How long do conversations get, roughly?',
      contextName: (tokens: number) => {
        const count = pages(tokens)
        return plural(count, format.integer(count), 'page', 'pages')
      },
      contextDetail: (tokens: number) => `${format.integer(tokens)} tokens`,
      time: 'How much time may it take?',
      minutesPending: 'working it out…',
      minutesUnknown: 'not known yet',
      moreOptions: 'More options',
      probeFirst: {
        label: 'Look at processor and memory first',
        detail:
          'Two seconds before the first study of this computer: the search then begins with what they can do. So far this has not been seen to make it better.',
      },
      reloadModels: {
        label: 'Load again at the end what is loaded now',
        detail: 'The study unloads models that are in memory. Afterwards they are loaded as they were.',
      },
      pauseOnBattery: {
        label: 'Wait while on battery',
        detail: 'If the computer is unplugged, the study waits, and goes on by itself once it is plugged in.',
      },
      privateDaemon: {
        label: 'Try settings of the whole Ollama server too',
        detail:
          'Flash attention, for one, cannot be set for one model. To try it, a second Ollama runs during the study; it reads your models and changes nothing.',
      },
      quantisedCache: {
        label: 'Try smaller number formats of the context as well',
        detail: 'They save memory, but answers may differ slightly. How good the answers are is not measured yet.',
      },
    },
  }
}
