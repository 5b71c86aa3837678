/** Saves ever newer states of one study until it is killed, and says of each that it is on the disk. */
import { writeSync } from 'node:fs'
import { openStudyStore } from '../../../main/store/study-store.ts'
import { sampleStudy } from '../../unit/store/sample-study.ts'

const [dataFolder = '', first = '1'] = process.argv.slice(2)
const store = await openStudyStore({ dataFolder, now: () => new Date(), onRecovery: () => undefined })
for (let state = Number(first); ; state++) {
  await store.save(sampleStudy({ activeSeconds: state }))
  writeSync(1, `${state}\n`)
}
