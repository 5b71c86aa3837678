/**
 * One sitting of a study in a process of its own, to be killed at will: `node sitting.ts <data folder>`. The scripted
 * daemon lives and dies with it, as in a power cut. Starts the study or goes on with it, and prints a line whenever
 * the journal has become safe.
 */
import { acquireStudyLock } from '../../../main/store/study-lock.ts'
import { openStudyStore } from '../../../main/store/study-store.ts'
import { createStudyService } from '../../../main/study/service.ts'
import { startScriptedDaemon } from '../../daemon/scripted-daemon.ts'
import { calmComputer } from '../../stubs/calm-computer.ts'
import { fourCores, quickChat, studyDaemon } from './laboratory.ts'

const [dataFolder = ''] = process.argv.slice(2)
const now = () => new Date()
const scripted = await startScriptedDaemon({ models: [{ name: 'base', parameters: { num_thread: 16 } }] })
const store = await openStudyStore({ dataFolder, now, onRecovery: (recovery) => console.error(recovery) })
const service = createStudyService({
  store: {
    ...store,
    async save(study) {
      await store.save(study)
      console.log(`${study.state} ${study.trials.length}`)
    },
  },
  acquireLock: (daemonUrl) => acquireStudyLock({ dataFolder, daemonUrl }),
  daemonFor: () => Promise.resolve(studyDaemon(scripted)),
  computer: calmComputer(fourCores),
  clock: scripted.clock,
  now,
  random: Math.random,
  emit: (event) => {
    if (event.type === 'study.changed' && event.study.state === 'finished') void scripted.close()
  },
  reportBug: (error) => console.error(error),
})

await service.recover()
const [found] = await service.list()
if (!found) await service.start(quickChat('base:latest'))
else if (found.state === 'interrupted') await service.resume(found.id)
else await scripted.close()
