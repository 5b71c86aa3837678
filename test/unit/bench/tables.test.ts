import { afterAll, describe, expect, it } from 'vitest'
import { automatic } from '../../../preload/contract/model.ts'
import { loadTables } from '../../bench/tables.ts'
import { tableFolders, tinyMeta, tinyRows } from './tiny-table.ts'

const folders = tableFolders()
afterAll(folders.remove)
let count = 0
const load = (meta: object = tinyMeta, rows = tinyRows) => {
  const [table] = loadTables(folders.add(`table-${++count}`, meta, rows))
  if (!table) throw new Error('no table')
  return table
}

describe('loadTables', () => {
  it('leaves out rows in which a knob that is not varied has another value than the default', () => {
    const [header, ...lines] = tinyRows.trim().split('\n')
    const rows = [
      `kv_cache,${header}`,
      ...lines.flatMap((line) => [`q4_0,${line.replace('ok,5', 'ok,99')}`, `f16,${line}`]),
    ]
    const meta = { ...tinyMeta, knobs: { kv_cache: ['q4_0', 'f16'], ...tinyMeta.knobs } }
    const table = load({ ...meta, default: { kv_cache: 'f16' } }, rows.join('\n'))
    expect(table.row(automatic)?.loadSeconds).toBe(5)
    expect(() => load(meta, rows.join('\n'))).toThrow(/kv_cache is not varied/)
  })

  it('copes with columns it does not know and with fields that may be missing', () => {
    const { noise: _noise, machine, model, ...rest } = tinyMeta
    const { gpus: _gpus, ...machineWithoutGpus } = machine
    const { key_length: _key, expert_count: _experts, ...modelWithoutLengths } = model
    const rows = tinyRows.replace('vram_mib\n', 'vram_mib,remark\n').replaceAll(',0\n', ',0,fine\n')
    const table = load({ ...rest, noise: {}, machine: machineWithoutGpus, model: modelWithoutLengths }, rows)
    const { facts, machine: profile } = table.problemOf('chat')
    expect(facts).toMatchObject({ keyLength: 64, expertCount: 0 })
    expect(profile.gpus).toEqual([])
    expect(table.row(automatic)).toMatchObject({ withinSd: 0, betweenSd: 0 })
  })

  it("takes a row's own spreads before the table's", () => {
    const meta = { ...tinyMeta, noise: { within_load_sd_log: 0.02, between_load_sd_log: 0.01 } }
    const rows = tinyRows.replace('vram_mib\n', 'vram_mib,sd_within\n').replace(',500,0\n', ',500,0,0.07\n')
    expect(load(meta, rows).row(automatic)).toMatchObject({ withinSd: 0.07, betweenSd: 0.01 })
  })

  it('knows measured tables from simulated ones', () => {
    expect(load().isMeasured).toBe(false)
    expect(load({ ...tinyMeta, source: 'measured: two loads' }).isMeasured).toBe(true)
    expect(load({ ...tinyMeta, id: 'real-tiny' }).isMeasured).toBe(true)
  })

  it.each([
    ['a field that is missing', { ...tinyMeta, workload: {} }, tinyRows, /meta\.json[\s\S]*prompt_tokens/],
    ['a column that is missing', tinyMeta, tinyRows.replace('decode_tps', 'speed'), /lacks the columns decode_tps/],
    ['an outcome it does not know', tinyMeta, tinyRows.replace('oom', 'melted'), /line 4: unknown outcome melted/],
    ['a number that is none', tinyMeta, tinyRows.replace('12.5', 'fast'), /decode_tps is no number: fast/],
    [
      'a row that runs without rates',
      tinyMeta,
      tinyRows.replace('100,10,', ',,'),
      /line 2: what runs needs both rates/,
    ],
    ['the lack of a default row', tinyMeta, tinyRows.replace('\n0,0,', '\n1,0,'), /has no row for the default/],
  ])('names %s', (_what, meta, rows, message) => {
    expect(() => load(meta, rows)).toThrow(message)
  })

  it('says so where there is no table', () => {
    expect(() => loadTables(import.meta.dirname)).toThrow(/holds no table/)
  })
})
