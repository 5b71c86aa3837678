/** A program that owns a server and does nothing else; its parent kills it: `server-owner.ts <data folder> <program>`. */
import { systemClock } from '../../../main/ollama/clock.ts'
import { launchServer } from '../../../main/ollama/private/launcher.ts'
import { endProcessTree } from '../../../main/ollama/private/process-tree.ts'
import { openProcessRecords } from '../../../main/store/process-records.ts'

const [, , dataFolder = '', program = ''] = process.argv
const records = openProcessRecords({ dataFolder, end: endProcessTree })
const note = async (pid: number) => {
  const strikeOff = await records.note(pid)
  process.stdout.write('noted\n')
  return strikeOff
}
await launchServer({ program, environment: process.env, note, clock: systemClock })
process.stdout.write('serving\n')
