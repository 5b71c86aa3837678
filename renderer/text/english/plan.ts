import type { Configuration, MemoryEstimate } from '../../../preload/contract/model.ts'
import type { Format } from '../format.ts'
import { lowerFirst } from '../lower-first.ts'
import { parameterWords } from './parameters.ts'
import { plural } from '../plural.ts'

/** Step 4: what will be tried. */
export function planWords(format: Format) {
  return {
    heading: 'The plan',
    lead: 'Nothing has run yet. This is what Attune will try, and why.',
    making: 'Working out what is worth trying…',
    start: 'Start measuring',
    time: 'Time',
    timeDetail: (minutes: number) => `At most ${format.minutes.of(minutes)}`,
    trials: 'Trials',
    loads: (count: number) => `Up to ${format.integer(count)}`,
    candidates: (count: number) =>
      `out of ${plural(count, format.integer(count), 'combination that differs', 'combinations that differ')}`,
    memory: 'Memory needed',
    memoryValue: ({ ramMiB, vramMiB }: MemoryEstimate) =>
      vramMiB === 0
        ? format.memory.of(ramMiB)
        : `${format.memory.of(vramMiB)} graphics, ${format.memory.of(ramMiB)} main`,
    varied: 'What will be tried',
    baseline: (model: string, baseline: Configuration) =>
      `First comes ${model} as it is now (${lowerFirst(parameterWords(format).summary(baseline))}). Everything else is compared with that.`,
    values: 'Values to try',
    nothingToVary: 'No setting can make a difference here. Attune will measure how fast the model is as it is.',
    leftAlone: (count: number) => `What is left alone (${format.integer(count)})`,
    howToStop:
      'You can pause or stop at any time and keep what was found. Please do not use the computer heavily meanwhile.',
  }
}
