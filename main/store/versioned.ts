import { z } from 'zod'

/** What is stored, its current version, and the way up from every older one. */
export interface VersionedFormat<T> {
  schema: z.ZodType<T>
  version: number
  /** `migrations[n]` turns data of version n into version n + 1; pure. */
  migrations: Readonly<Record<number, (data: Record<string, unknown>) => Record<string, unknown>>>
}

export type Parsed<T> =
  | { kind: 'valid'; data: T; migratedFrom: number | null }
  /** Written by a newer program: to be left alone. */
  | { kind: 'newer'; version: number }
  | { kind: 'corrupt' }

const anyVersionSchema = z.looseObject({ schemaVersion: z.int().nonnegative() })

/** Reads a stored text of this or an older version. Never throws, whatever the text. */
export function parseVersioned<T>(text: string, format: VersionedFormat<T>): Parsed<T> {
  const found = anyVersionSchema.safeParse(parseJson(text))
  if (!found.success) return { kind: 'corrupt' }
  const storedVersion = found.data.schemaVersion
  if (storedVersion > format.version) return { kind: 'newer', version: storedVersion }
  const migrated = migrate(found.data, storedVersion, format)
  const checked = format.schema.safeParse(migrated)
  if (!checked.success) return { kind: 'corrupt' }
  return { kind: 'valid', data: checked.data, migratedFrom: storedVersion < format.version ? storedVersion : null }
}

/** The text to store. Throws on data that could not be read back: a defect better found before the old file is gone. */
export function formatVersioned<T>(data: T, format: VersionedFormat<T>): string {
  const text = `${JSON.stringify(data, null, 2)}\n`
  const problem = format.schema.safeParse(parseJson(text)).error
  if (problem) throw new Error(`data does not fit its own schema: ${z.prettifyError(problem)}`)
  return text
}

function migrate<T>(data: Record<string, unknown>, from: number, format: VersionedFormat<T>): unknown {
  try {
    let migrated = data
    for (let version = from; version < format.version; version++) {
      const step = format.migrations[version]
      if (!step) return null
      migrated = { ...step(migrated), schemaVersion: version + 1 }
    }
    return migrated
  } catch {
    // A migration trips over data that never was of its version: corrupt like any other nonsense.
    return null
  }
}

/** What the text says; undefined where it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
