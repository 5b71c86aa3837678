import { describe, expect, it } from 'vitest'
import { median, quantile, share } from '../../bench/figures.ts'
import { dealer } from '../../bench/honesty/dealing.ts'
import { tableLines } from '../../bench/printing.ts'
import { parseOptions } from '../../bench/search/options.ts'
import { groupsOf } from '../../bench/search/pairs.ts'
import type { Pair } from '../../bench/search/pairs.ts'
import { toCsv } from '../../bench/search/results.ts'
import type { Table } from '../../bench/tables.ts'

describe('figures', () => {
  it('interpolate between neighbours', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5)
    expect(quantile([10, 0, 20], 0.9)).toBeCloseTo(18, 9)
    expect(share([1, 2, 3, 4], (value) => value > 1)).toBe(0.75)
  })
})

describe('groupsOf', () => {
  const pair = (isMeasured: boolean, objective: Pair<never>['objective'], regretPercent: number): Pair<never> => ({
    table: { isMeasured } as Table,
    objective,
    usual: { regretPercent, worseThanDefaultPercent: 0 },
    runs: [],
  })

  it('keeps measured tables and memory apart, and sums up once more where there is something to win', () => {
    const pairs = [
      pair(false, 'chat', 1),
      pair(false, 'throughput', 9),
      pair(false, 'memory', 4),
      pair(true, 'chat', 5),
    ]
    expect(groupsOf(pairs).map(({ name, pairs: group }) => [name, group.length])).toEqual([
      ['simulated, speed', 2],
      ['simulated, speed, something to win', 1],
      ['simulated, memory', 1],
      ['measured, speed', 1],
    ])
  })
})

describe('tableLines', () => {
  it('aligns words to the left and numbers to the right, under the keys', () => {
    expect(
      tableLines([
        { name: 'one', value: '1.5' },
        { name: 'three', value: '12.25' },
      ]),
    ).toEqual(['| name  | value |', '|-------|------:|', '| one   |   1.5 |', '| three | 12.25 |'])
  })
})

describe('toCsv', () => {
  it('writes the columns in their order', () => {
    const result = {
      table: 'tiny',
      objective: 'chat',
      sampler: 'bayes',
      seed: 3,
      trials: 5,
      regretPercent: 1.5,
      worseThanDefaultPercent: -2,
      secondsPaid: 70,
      failures: 1,
    } as const
    expect(toCsv([result])).toBe(
      'table,objective,sampler,seed,trials,regretPercent,worseThanDefaultPercent,secondsPaid,failures\n' +
        'tiny,chat,bayes,3,5,1.5,-2,70,1\n',
    )
  })
})

describe('parseOptions', () => {
  it('reads lists and fills in what is not said', () => {
    const options = parseOptions(['--tables', 'a', '--tables', 'b', '--study', '--objective', 'chat,memory'])
    expect(options).toMatchObject({
      tables: ['a', 'b'],
      samplers: ['bayes'],
      objective: ['chat', 'memory'],
      budget: ['quick', 'standard'],
      study: true,
    })
  })

  it('takes the tables that came along where it is told of none', () => {
    expect(parseOptions([]).tables).toEqual(['test/tables'])
  })

  it('takes --transfer without a value for all of its kinds, and only alone', () => {
    expect(parseOptions(['--tables', 'a', '--transfer']).transfer).toEqual(['models', 'again'])
    expect(parseOptions(['--tables', 'a', '--transfer', 'models']).transfer).toEqual(['models'])
    expect(() => parseOptions(['--tables', 'a', '--transfer', '--study'])).toThrow(/--transfer runs alone/)
  })

  it('says what is wrong', () => {
    expect(() => parseOptions(['--budget', 'endless'])).toThrow(/budget/)
    expect(() => parseOptions(['--tables', 'a', '--seeds', '0'])).toThrow(/seeds/)
    expect(() => parseOptions(['--tables', 'a', '--samplers', 'guess'])).toThrow(/samplers/)
  })
})

describe('dealer', () => {
  it('deals every combination once before it begins again', () => {
    const deal = (ordinal: number) => {
      const next = dealer(ordinal)
      return `${next(['a', 'b'])}${next([1, 2, 3])}`
    }
    const dealt = Array.from({ length: 6 }, (_, ordinal) => deal(ordinal))
    expect(new Set(dealt).size).toBe(6)
    expect(deal(6)).toBe(deal(0))
  })
})
