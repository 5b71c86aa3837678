import type { Sentences } from './say.ts'

/** Why a prediction of memory is not as good as others. */
export const memorySentences = {
  'memory.unknownArchitecture': ({ architecture }) =>
    `Attune does not know models of the kind "${architecture}" yet, so its figures for memory are on the safe side.`,
} satisfies Sentences
