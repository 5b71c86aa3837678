/**
 * Loaded before a program that the stub of Electron forks: gives it the port that utility processes have, and takes
 * from it what they have not, as no program of a packaged Electron can be started as plain Node.
 */
import childProcess from 'node:child_process'
import { syncBuiltinESMExports } from 'node:module'

const parentPort = {
  postMessage: (message: object) => void process.send?.(message),
  on: (_event: 'message', listener: (event: { data: unknown }) => void) =>
    void process.on('message', (data) => listener({ data })),
}
Object.assign(process, { parentPort })
childProcess.fork = () => {
  throw new Error('Electron is no Node')
}
syncBuiltinESMExports()
