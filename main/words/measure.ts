import type { Sentences } from './say.ts'
import { gigabytes } from './units.ts'

const seconds = (value: unknown): string => {
  const number = Number(value)
  return number < 10 ? `${number.toFixed(1)} s` : `${Math.round(number)} s`
}

/** What a trial is doing, what disturbed it and how it ended. */
export const measureSentences = {
  'measure.unloading': () => 'Unloading the model, so that it starts afresh.',
  'measure.loading': () => 'Loading the model with these settings.',
  'measure.warmingUp': () => 'Warming up: one answer that does not count.',
  'measure.repetition': ({ number, expected }) => `Measuring answer ${number} of about ${expected}.`,
  'measure.waiting': () => 'Waiting, because other programs keep the computer busy.',

  'measure.busyProcessor': ({ percent }) => `Other programs used ${percent}% of the processor during the measurement.`,
  'measure.reloaded': () =>
    'The model was loaded again in the middle of the measurement, most likely by another program.',
  'measure.otherContext': ({ asked, found }) =>
    `Another program loaded this model with a context of ${found} tokens instead of ${asked}: such programs make it load anew each time, so give them the same context length.`,
  'measure.queued': ({ seconds: waited }) => `Another request kept the model busy for ${seconds(waited)}.`,
  'measure.otherModel': ({ name }) => `Another program used the model ${name} during the measurement.`,
  'measure.otherClient': () => 'Another program used this model during the measurement.',
  'measure.daemonBusy': () => 'The model server was too busy to take the request.',

  'measure.notLoaded': ({ name }) => `The model server says that it loaded ${name}, but does not list it as loaded.`,
  'measure.truncatedPrompt': ({ expected, counted }) =>
    `The model server read ${counted} tokens of a text of about ${expected}: it cuts long texts short.`,
  'measure.shortAnswer': ({ asked, got }) => `The model stopped after ${got} of ${asked} tokens, too few to measure.`,
  'measure.noFigures': () => 'The model server gave no usable figures for its answer.',

  'measure.loadTimeout': ({ seconds: limit }) => `The model was not loaded within ${seconds(limit)}.`,
  'measure.answerTimeout': ({ seconds: limit }) => `The answer was not finished within ${seconds(limit)}.`,
  'measure.spill': ({ expected, measured }) =>
    `Graphics memory overflowed into main memory: ${measured} tokens/s instead of about ${expected}.`,
  'measure.noRoom': ({ predictedMiB, reserveMiB }) =>
    `Not loaded: it needs about ${gigabytes(predictedMiB)} of memory, and ${gigabytes(reserveMiB)} have to stay free for other programs.`,
  'measure.memoryShort': ({ leftMiB }) =>
    `Stopped, because only ${gigabytes(leftMiB)} of memory were left for everything else.`,
  'measure.skipped': () => 'Skipped at your request.',
} as const satisfies Sentences

export type MeasureCode = keyof typeof measureSentences
