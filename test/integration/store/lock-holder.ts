/** Takes the study lock of a daemon, says how that went, and holds it until its input ends. */
import { AttuneError } from '../../../preload/contract/errors.ts'
import { acquireStudyLock } from '../../../main/store/study-lock.ts'

const [dataFolder = '', daemonUrl = ''] = process.argv.slice(2)
try {
  const lock = await acquireStudyLock({ dataFolder, daemonUrl })
  process.stdout.write('held\n')
  process.stdin.on('end', () => void lock.release()).resume()
} catch (error) {
  process.stdout.write(`${error instanceof AttuneError ? error.code : String(error)}\n`)
}
