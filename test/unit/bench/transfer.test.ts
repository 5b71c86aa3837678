import { afterAll, describe, expect, it } from 'vitest'
import { lessonsAgain, lessonsBetween, searchAlone, searchTaught, taughtBy } from '../../bench/search/transfer.ts'
import { loadTables } from '../../bench/tables.ts'
import { tableFolders, tinyMeta } from './tiny-table.ts'

const folders = tableFolders()
afterAll(folders.remove)

const card = { vendor: 'NVIDIA', model: 'Card', vramMiB: 8188, vramFreeMiB: 7000 }
const otherModel = { ...tinyMeta.model, block_count: 8 }
const withCard = (brand: string, gpu = card) => ({
  ...tinyMeta.machine,
  cpu: { ...tinyMeta.machine.cpu, brand },
  gpus: [gpu],
})
const add = (id: string, change: object) => folders.add(id, { ...tinyMeta, id, ...change })
add('small', {})
add('large', { model: otherModel })
add('small-longer-context', { workload: { ...tinyMeta.workload, num_ctx: 8192 } })
add('card', { machine: withCard('first') })
add('card-elsewhere', { machine: withCard('second'), model: otherModel })
add('other-card', { machine: withCard('first', { ...card, model: 'Other' }), model: otherModel })
const tables = loadTables(folders.directory)
const named = (...ids: string[]) => tables.filter(({ id }) => ids.includes(id))
const namesOf = (lessons: ReturnType<typeof lessonsBetween>) =>
  lessons.map(({ first, second, shared }) => `${first.id}, ${second.id}: ${shared}`)

describe('lessons between tables', () => {
  it('go both ways where two models ran on one computer', () => {
    expect(namesOf(lessonsBetween(named('small', 'large')))).toEqual([
      'large, small: whole computer',
      'small, large: whole computer',
    ])
  })

  it('say when only the processor is the same, and are none where only the graphics card is', () => {
    expect(lessonsBetween(named('card', 'card-elsewhere'))).toEqual([])
    expect(namesOf(lessonsBetween(named('card', 'other-card')))).toContain('card, other-card: processor only')
  })

  it('are none between unlike computers, and none where the model is the same', () => {
    expect(lessonsBetween(named('small', 'card'))).toEqual([])
    expect(lessonsBetween(named('small', 'small-longer-context'))).toEqual([])
  })

  it('can be had from a table about itself', () => {
    expect(namesOf(lessonsAgain(named('small')))).toEqual(['small, small: whole computer'])
  })
})

describe('a lesson', () => {
  const [lesson] = lessonsBetween(named('small', 'large'))
  if (!lesson) throw new Error('no lesson')

  it('teaches what is said of the parts that both computers have', async () => {
    expect(Object.keys(await taughtBy(lesson, 'chat', 1, 5))).toContain('coreBandwidth')
    const [other] = lessonsBetween(named('card', 'other-card'))
    if (!other) throw new Error('no lesson')
    const keys = Object.keys(await taughtBy(other, 'chat', 1, 5))
    expect(keys).toContain('coreBandwidth')
    expect(keys).not.toContain('gpuBandwidth')
  })

  it('leaves to the second search the noise of its own seed', async () => {
    const without = await searchAlone(lesson.second, 'chat', 1, 5)
    const taught = await searchTaught(lesson, 'chat', 1, 5)
    expect(taught.checkpoints[0]).toEqual(without.checkpoints[0])
  })

  it('counts the trials that each search asked for', async () => {
    const searches = [await searchAlone(lesson.second, 'chat', 1, 5), await searchTaught(lesson, 'chat', 1, 5)]
    for (const { trials, checkpoints } of searches) {
      expect(checkpoints).toHaveLength(5)
      expect(new Set(checkpoints.map(({ secondsPaid }) => secondsPaid)).size).toBe(trials)
    }
  })
})
