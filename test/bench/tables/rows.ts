import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import { parameterNames } from '../../../preload/contract/model.ts'
import type { Configuration } from '../../../preload/contract/model.ts'
import type { Meta } from './meta.ts'

/** One configuration's recorded means; rates are null where none are known, as the load failed. */
export interface Row {
  outcome: 'ok' | 'oom' | 'spill' | 'timeout'
  loadSeconds: number
  rates: Rates | null
  ramMiB: number
  vramMiB: number
  /** Left on each card while it runs; null where the table does not tell. */
  freeVramMiB: number[] | null
  withinSd: number
  betweenSd: number
}

export interface Rates {
  prefillTokensPerSecond: number
  decodeTokensPerSecond: number
}

export interface Rows {
  of(configuration: Configuration): Row | undefined
  all: Row[]
}

const outcomeSchema = z.enum(['ok', 'oom', 'spill', 'timeout'])
const requiredColumns = ['outcome', 'load_s', 'prefill_tps', 'decode_tps', 'ram_mib']

/**
 * A table's rows by configuration. A knob that Attune does not vary stays at the table's default: rows with other
 * values are left out.
 */
export function readRows(path: string, meta: Meta): Rows {
  const [header = '', ...lines] = gunzipSync(readFileSync(path)).toString('utf8').trim().split(/\r?\n/)
  const names = header.split(',')
  const knobs = Object.keys(meta.knobs)
  const missing = [...knobs, ...requiredColumns].filter((name) => !names.includes(name))
  if (missing.length > 0) throw new Error(`${path} lacks the columns ${missing.join(', ')}`)

  const fixed = fixedKnobs(path, meta)
  const varied = knobs.filter((name) => !fixed.has(name))
  const keyOf = (texts: Readonly<Record<string, string>>) => varied.map((name) => texts[name]).join(',')
  const rows = new Map<string, Row>()
  for (const [index, line] of lines.entries()) {
    const cells = line.split(',')
    const texts = Object.fromEntries(names.map((name, column) => [name, cells[column] ?? '']))
    if ([...fixed].some(([name, value]) => texts[name] !== value)) continue
    rows.set(keyOf(texts), rowOf(texts, meta, `${path}, line ${index + 2}`))
  }
  return { of: (configuration) => rows.get(keyOf(textsOf(configuration))), all: [...rows.values()] }
}

/** Knobs that are none of Attune's parameters, with the value they are left at. */
function fixedKnobs(path: string, meta: Meta): Map<string, string> {
  const foreign = Object.entries(meta.knobs).filter(([name]) => !parameterNames.some((known) => known === name))
  return new Map(
    foreign.map(([name, values]) => {
      const value = meta.default[name] ?? (values.length === 1 ? values[0] : undefined)
      if (value === undefined) throw new Error(`${path}: ${name} is not varied here, and its default is not told`)
      return [name, value]
    }),
  )
}

function rowOf(texts: Readonly<Record<string, string>>, { noise, workload }: Meta, place: string): Row {
  const number = (name: string) => {
    const text = texts[name]
    if (text === undefined || text === '') return null
    const value = Number(text)
    if (!Number.isFinite(value)) throw new Error(`${place}: ${name} is no number: ${text}`)
    return value
  }
  const freeVramMiB = number('vram_free_mib')
  const outcome = outcomeSchema.safeParse(texts['outcome'])
  if (!outcome.success) throw new Error(`${place}: unknown outcome ${texts['outcome']}`)
  const prefillTokensPerSecond = number('prefill_tps')
  const decodeTokensPerSecond = number('decode_tps')
  const rates =
    prefillTokensPerSecond && decodeTokensPerSecond ? { prefillTokensPerSecond, decodeTokensPerSecond } : null
  const isCutOff = outcome.data === 'timeout' && Number.isFinite(workload.repetition_limit_s)
  if (rates === null && outcome.data !== 'oom' && !isCutOff) throw new Error(`${place}: what runs needs both rates`)
  return {
    outcome: outcome.data,
    loadSeconds: number('load_s') ?? 0,
    rates,
    ramMiB: number('ram_mib') ?? 0,
    vramMiB: number('vram_mib') ?? 0,
    freeVramMiB: freeVramMiB === null ? null : [freeVramMiB],
    withinSd: number('sd_within') ?? noise.within_load_sd_log,
    betweenSd: number('sd_between') ?? noise.between_load_sd_log,
  }
}

/** A configuration as the tables write it. */
export function textsOf({
  num_gpu,
  num_thread,
  num_batch,
  use_mmap,
  flash_attention,
  kv_cache_type,
  num_parallel,
}: Configuration): Record<string, string> {
  return {
    num_gpu: String(num_gpu),
    num_thread: String(num_thread),
    num_batch: String(num_batch),
    use_mmap: use_mmap === null ? 'default' : String(use_mmap),
    flash_attention: flash_attention === null ? 'default' : flash_attention ? 'on' : 'off',
    kv_cache_type: kv_cache_type ?? 'default',
    num_parallel: num_parallel === null ? 'default' : String(num_parallel),
  }
}
