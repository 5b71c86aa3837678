import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** A script of this folder as a process of its own, its output read line by line. */
export class Child {
  readonly #process: ChildProcessWithoutNullStreams
  readonly #lines: AsyncIterator<string>
  readonly #closed: Promise<unknown>

  constructor(script: string, ...args: string[]) {
    this.#process = spawn(process.execPath, [join(import.meta.dirname, script), ...args])
    this.#process.stderr.pipe(process.stderr)
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]()
    this.#closed = once(this.#process, 'close')
  }

  /** The next line; null once the output has ended. */
  async nextLine(): Promise<string | null> {
    const { value, done } = await this.#lines.next()
    return done ? null : value
  }

  /** Lets it end by itself. */
  async finish(): Promise<void> {
    this.#process.stdin.end()
    await this.#closed
  }

  async kill(): Promise<void> {
    this.#process.kill('SIGKILL')
    await this.#closed
  }
}
