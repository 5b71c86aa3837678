import type { Sentences } from './say.ts'
import { gigabytes } from './units.ts'

/** Why a graphics adapter is shown but not planned with, and under which conditions measuring is unsteady. */
export const machineSentences = {
  'machine.sharedMemory': () =>
    'It borrows the ordinary memory of the computer and has none of its own to hold a model.',
  'machine.noDriver': () => 'Its driver is missing or does not answer, so models cannot use it.',
  'machine.unknownMemory': () => 'No tool on this computer tells how much memory it has.',
  'machine.displayOnly': () => 'It only draws the screen.',
  'machine.virtual': () => 'It belongs to a virtual machine and cannot run models.',

  'machine.onBattery': () => 'The computer runs on battery and may slow down to save power: plug it in.',
  'machine.powerSaver': () =>
    'Power saving is switched on and keeps the computer slow: switch it off until the study is over.',
  'machine.hot': () => 'The computer is hot and slows itself down: let it cool, and leave its vents free.',
  'machine.hotAt': ({ name, celsius }) =>
    `${name} is at ${celsius} °C and may slow itself down: let it cool, and leave the vents free.`,
  'machine.busyProcessor': ({ percent }) =>
    `Other programs take ${percent}% of the processor: close what you do not need until the study is over.`,
  'machine.busyProcessorBy': ({ percent, name }) =>
    `Other programs take ${percent}% of the processor, ${name} most of it: close it, or what of it you do not need, until the study is over.`,
  'machine.busyGraphics': ({ name, percent }) =>
    `${name} is ${percent}% busy with other work: close games, videos and other programs that draw a lot.`,
  'machine.fullGraphics': ({ name, usedMiB, totalMiB }) =>
    `Other programs hold ${gigabytes(usedMiB)} of the ${gigabytes(totalMiB)} of memory on ${name}: close them, so that more of the model fits.`,
  'machine.lowMemory': ({ availableMiB, wholeMiB }) =>
    `Only ${gigabytes(availableMiB)} of ${gigabytes(wholeMiB)} of memory are free: close other programs.`,
  'machine.lowMemoryWsl': ({ availableMiB, wholeMiB }) =>
    `Only ${gigabytes(availableMiB)} are free of the ${gigabytes(wholeMiB)} of memory that Windows lends to Linux: set a larger "memory" in the file .wslconfig in your Windows user folder, then run "wsl --shutdown".`,
  'machine.lowMemoryLimited': ({ availableMiB, wholeMiB }) =>
    `Only ${gigabytes(availableMiB)} are free of the ${gigabytes(wholeMiB)} of memory that this container may use: raise its limit.`,
  'machine.lowDisk': ({ freeMiB }) =>
    `Only ${gigabytes(freeMiB)} are free on the disk: make room, or results cannot be saved.`,
} satisfies Sentences
