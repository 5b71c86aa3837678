import { connect, type NetConnectOpts, type Socket } from 'node:net'
import { Duplex } from 'node:stream'

const bufferBytes = 64 * 1024

/**
 * A connection that can be read in intervals. A process that wakes up for every token of a fast model takes two percent
 * of a core from the very decoding it watches; what comes meanwhile waits in the system's buffer, and is read at once.
 */
export class RestingSocket extends Duplex {
  readonly #socket: Socket
  #restMilliseconds = 0
  #timer: NodeJS.Timeout | null = null

  constructor(options: NetConnectOpts) {
    super()
    this.#socket = connect({
      ...options,
      // Only a socket with a buffer of its own leaves what comes in the system's while it is paused.
      onread: {
        buffer: Buffer.allocUnsafe(bufferBytes),
        callback: (length, buffer) => this.#take(Buffer.from(buffer.subarray(0, length))),
      },
    })
    this.#socket.on('connect', () => this.emit('connect'))
    this.#socket.on('end', () => this.push(null))
    this.#socket.on('error', (error) => this.destroy(error))
    this.#socket.on('close', () => this.destroy())
  }

  /** From now on it rests for so long after every read; 0: not at all. */
  restBetweenReads(milliseconds: number): void {
    this.#restMilliseconds = milliseconds
  }

  /** Returns whether to go on reading at once. */
  #take(bytes: Buffer): boolean {
    const hasRoom = this.push(bytes)
    if (this.#restMilliseconds === 0) return hasRoom
    this.#timer = setTimeout(() => {
      this.#timer = null
      this.#socket.resume()
    }, this.#restMilliseconds)
    return false
  }

  override _read(): void {
    // What held it up may be its reader and not a rest, which ends by itself.
    if (this.#timer === null) this.#socket.resume()
  }

  override _write(chunk: Buffer, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#socket.write(chunk, encoding, done)
  }

  override _final(done: () => void): void {
    this.#socket.end(done)
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#socket.destroy()
    done(error)
  }
}
