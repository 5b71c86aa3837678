/**
 * Does one thing at a time with one file. While a write is under way only the latest of the waiting states is kept:
 * the others would be overwritten at once.
 */
export class LatestWriter<T> {
  readonly #write: (data: T) => Promise<void>
  #waiting: { data: T; written: Promise<void> } | null = null
  #tail: Promise<unknown> = Promise.resolve()

  constructor(write: (data: T) => Promise<void>) {
    this.#write = write
  }

  /** Resolves once this state, or a later one, is written; rejects with what the write rejected with. */
  write(data: T): Promise<void> {
    if (this.#waiting) {
      this.#waiting.data = data
      return this.#waiting.written
    }
    const entry = { data, written: Promise.resolve() }
    this.#waiting = entry
    entry.written = this.exclusive(() => {
      this.#waiting = null
      return this.#write(entry.data)
    })
    return entry.written
  }

  /** Runs `work` after everything asked for before it and before everything asked for later. */
  exclusive<R>(work: () => Promise<R>): Promise<R> {
    const result = this.#tail.then(work)
    // A failure is its caller's; those that come after start afresh.
    this.#tail = result.catch(() => undefined)
    return result
  }
}
