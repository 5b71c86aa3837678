import { EventEmitter } from 'node:events'
import type { Readable } from 'node:stream'
import { utilityProcess, type UtilityProcess } from 'electron'
import type { OwnProcess, StartProcess } from '../../processes/start.ts'

/**
 * Starts a program of ours as a utility process, since a packaged Electron does not run as plain Node: that way in is
 * closed by a fuse. Only after the app is ready.
 */
export const forkUtility: StartProcess = (entry, parameters, environment) =>
  new UtilityChild(
    utilityProcess.fork(entry, [...parameters], { env: environment, stdio: ['ignore', 'ignore', 'pipe'] }),
  )

/** A utility process with the face of a forked Node. */
class UtilityChild extends EventEmitter implements OwnProcess {
  readonly #process: UtilityProcess
  connected = true

  constructor(process: UtilityProcess) {
    super()
    this.#process = process
    process.on('message', (message) => this.emit('message', message))
    process.on('exit', (code) => {
      this.connected = false
      this.emit('exit', code, null)
      this.emit('close', code, null)
    })
  }

  /** Known once it runs. */
  get pid(): number | undefined {
    return this.#process.pid
  }

  get stderr(): Readable | null {
    return this.#process.stderr as Readable | null
  }

  kill(signal?: NodeJS.Signals | number): boolean {
    const { pid } = this
    return pid === undefined ? this.#process.kill() : process.kill(pid, signal)
  }

  disconnect(): void {
    // The rule means windows.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    this.#process.postMessage('goodbye')
  }
}
