import type { memorySentences } from '../memory.ts'
import type { Translation } from '../say.ts'

/** Why a prediction of memory is not as good as others. */
export const germanMemory = {
  'memory.unknownArchitecture': ({ architecture }) =>
    `Modelle der Art „${architecture}“ kennt Attune noch nicht, deshalb sind seine Angaben zum Speicher vorsichtig geschätzt.`,
} satisfies Translation<typeof memorySentences>
