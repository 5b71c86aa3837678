import type { Sentences } from './say.ts'

/** Why a graphics adapter is shown but not planned with. */
export const machineSentences = {
  'machine.sharedMemory': () =>
    'It borrows the ordinary memory of the computer and has none of its own to hold a model.',
  'machine.noDriver': () => 'Its driver is missing or does not answer, so models cannot use it.',
  'machine.unknownMemory': () => 'No tool on this computer tells how much memory it has.',
  'machine.displayOnly': () => 'It only draws the screen.',
  'machine.virtual': () => 'It belongs to a virtual machine and cannot run models.',
} satisfies Sentences
