import { copyFile, readFile, rename } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Adapter } from 'lowdb'
import { AttuneError } from '../../preload/contract/errors.ts'
import { ignoreMissing, replaceFile, whileBusy } from './atomic-write.ts'
import type { Parsed, VersionedFormat } from './versioned.ts'
import { formatVersioned, parseVersioned } from './versioned.ts'

/** What reading found wrong, for the user to be told. */
export interface Recovery {
  path: string
  /** `restored`: the state before the last save is back. `lost`: nothing readable was left. */
  kind: 'restored' | 'lost'
  /** Where the unreadable file is now; null where it could not be moved. */
  movedTo: string | null
}

export interface DurableFileOptions<T> extends VersionedFormat<T> {
  path: string
  now: () => Date
  onRecovery: (recovery: Recovery) => void
}

type State =
  | { kind: 'unread' }
  /** `isGood`: the file itself may become the backup at the next write. */
  | { kind: 'open'; isGood: boolean; migratedFrom: number | null }
  | { kind: 'newer'; version: number }

/**
 * A lowdb adapter that survives power cuts, full disks and damaged files. Beside the file it keeps `.bak`, the state
 * before the last write. One instance a file and process; writes must not overlap (see `LatestWriter`).
 */
export class DurableFile<T> implements Adapter<T> {
  readonly #options: DurableFileOptions<T>
  #state: State = { kind: 'unread' }

  constructor(options: DurableFileOptions<T>) {
    this.#options = options
  }

  /** Version of a file that a newer program wrote, after `read`; null otherwise. */
  get newerVersion(): number | null {
    return this.#state.kind === 'newer' ? this.#state.version : null
  }

  /**
   * The stored data; null where there is none, none readable (`onRecovery` was told), or a newer program's.
   * Rejects with `fileInvalid` only where the system refuses to read at all.
   */
  async read(): Promise<T | null> {
    const { path, onRecovery } = this.#options
    const main = await this.#parse(path)
    if (main && main.kind !== 'corrupt') return this.#accept(main, true)

    const backup = await this.#parse(this.#backupPath)
    const movedTo = main ? await this.#moveAside() : null
    const isBackupUsable = backup !== null && backup.kind !== 'corrupt'
    // Without a file there is nothing to report: none was ever there, or a write was cut off between its two renames.
    if (main) onRecovery({ path, kind: isBackupUsable ? 'restored' : 'lost', movedTo })
    if (isBackupUsable) return this.#accept(backup, false)
    this.#state = { kind: 'open', isGood: false, migratedFrom: null }
    return null
  }

  /** Rejects with `storeUnwritable`; the stored state is the old one then. */
  async write(data: T): Promise<void> {
    if (this.#state.kind === 'unread') await this.read()
    const { path } = this.#options
    const state = this.#state
    if (state.kind !== 'open') throw writtenByNewer(path)
    const text = formatVersioned(data, this.#options)
    if (state.migratedFrom !== null) await this.#keepDatedCopy(state.isGood, state.migratedFrom)
    await replaceFile(path, text, state.isGood ? this.#backupPath : null)
    this.#state = { kind: 'open', isGood: true, migratedFrom: null }
  }

  get #backupPath(): string {
    return `${this.#options.path}.bak`
  }

  #accept(parsed: Exclude<Parsed<T>, { kind: 'corrupt' }>, isGood: boolean): T | null {
    if (parsed.kind === 'newer') {
      this.#state = parsed
      return null
    }
    this.#state = { kind: 'open', isGood, migratedFrom: parsed.migratedFrom }
    return parsed.data
  }

  async #parse(path: string): Promise<Parsed<T> | null> {
    try {
      const text = await ignoreMissing(readFile(path, 'utf8'))
      return text === undefined ? null : parseVersioned(text, this.#options)
    } catch (cause) {
      const message = `${basename(path)} could not be read.`
      const hint = `Allow your user to read ${path}, or move it away.`
      throw new AttuneError({ code: 'fileInvalid', message, hint }, { cause })
    }
  }

  async #moveAside(): Promise<string | null> {
    const { path } = this.#options
    const target = `${path}.corrupt-${this.#stamp()}`
    try {
      await whileBusy(() => rename(path, target))
      return target
    } catch {
      // A folder that cannot be changed: the next write will say so.
      return null
    }
  }

  async #keepDatedCopy(isMainGood: boolean, version: number): Promise<void> {
    const { path } = this.#options
    const source = isMainGood ? path : this.#backupPath
    try {
      await copyFile(source, `${path}.v${version}-${this.#stamp()}`)
    } catch (cause) {
      const message = `${basename(path)} could not be copied before its conversion to the new version.`
      const hint = 'Free some disk space or check the permissions of its folder, then try again.'
      throw new AttuneError({ code: 'storeUnwritable', message, hint }, { cause })
    }
  }

  #stamp(): string {
    return this.#options.now().toISOString().replaceAll(/[:.]/g, '-')
  }
}

function writtenByNewer(path: string): AttuneError {
  const message = `${basename(path)} was written by a newer version of Attune and is left as it is.`
  return new AttuneError({ code: 'storeUnwritable', message, hint: 'Install the newest version of Attune.' })
}
