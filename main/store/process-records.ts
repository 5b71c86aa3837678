import { randomUUID } from 'node:crypto'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { ignoreMissing, removeAbandoned, replaceFile } from './atomic-write.ts'
import { identifyProcess, type ProcessIdentity } from './process-identity.ts'
import { parseJson } from './versioned.ts'

/**
 * Processes that Attune started and has to end, one file each in `<data folder>/processes`: what a crash leaves
 * running is ended at the next start.
 */
export interface ProcessRecords {
  /** Writes a process down; what it resolves with strikes it off again. Rejects with `storeUnwritable`. */
  note(pid: number): Promise<() => Promise<void>>
  /**
   * Ends what earlier runs left behind: only processes that are still the ones written down, and whose Attune is gone.
   * Resolves with how many there were.
   */
  endLeftOvers(): Promise<number>
}

export interface ProcessRecordsOptions {
  dataFolder: string
  end: (pid: number) => Promise<void>
  identify?: (pid: number) => Promise<ProcessIdentity>
}

const processSchema = z.object({ pid: z.int().positive(), startedAt: z.string().nullable() })
type StartedProcess = z.infer<typeof processSchema>
const recordSchema = processSchema.extend({ owner: processSchema })

export function openProcessRecords(options: ProcessRecordsOptions): ProcessRecords {
  const { dataFolder, end, identify = identifyProcess } = options
  const folder = join(dataFolder, 'processes')

  async function describe(pid: number): Promise<StartedProcess> {
    const identity = await identify(pid)
    return { pid, startedAt: identity.kind === 'alive' ? identity.startedAt : null }
  }

  /** Where the system does not tell when a process began, another one may have its id: then it is not the same. */
  async function isStill({ pid, startedAt }: StartedProcess): Promise<boolean> {
    const identity = await identify(pid)
    return identity.kind === 'alive' && identity.startedAt !== null && identity.startedAt === startedAt
  }

  return {
    async note(pid) {
      const path = join(folder, `${randomUUID()}.json`)
      const record = { ...(await describe(pid)), owner: await describe(process.pid) }
      await replaceFile(path, JSON.stringify(record), null)
      return () => rm(path, { force: true })
    },

    async endLeftOvers() {
      await removeAbandoned(folder)
      const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json'))
      let ended = 0
      for (const path of names.map((name) => join(folder, name))) {
        const record = recordSchema.safeParse(parseJson((await ignoreMissing(readFile(path, 'utf8'))) ?? ''))
        if (record.success && (await isStill(record.data.owner))) continue
        if (record.success && (await isStill(record.data))) {
          await end(record.data.pid)
          ended += 1
        }
        await rm(path, { force: true })
      }
      return ended
    },
  }
}
