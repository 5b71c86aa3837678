import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  daemonSeconds,
  parseAllowedCores,
  parseBusySeconds,
  parseProcessList,
  parseProcessStat,
} from '../../../main/hardware/processor/process-times.ts'

const anyText = fc.string({ unit: 'binary', maxLength: 300 })

describe('parseBusySeconds', () => {
  const text = [
    'cpu  30000 10 5000 900000 200 0 300 40 0 0',
    'cpu0 10000 10 2000 450000 100 0 200 30 500 0',
    'cpu1 20000 0 3000 450000 100 0 100 10 0 0',
    'intr 1325899 0 0',
    'ctxt 3840152',
  ].join('\n')

  test('adds user, nice, system, interrupts and stolen time, in hundredths, without idling and waiting', () => {
    expect(parseBusySeconds(text, new Set([0, 1]))).toBeCloseTo(122.4 + 231.1)
  })

  test('counts only the cores that this process may use', () => {
    expect(parseBusySeconds(text, new Set([1]))).toBeCloseTo(231.1)
  })

  test('old kernels without the later columns are read, too', () => {
    expect(parseBusySeconds('cpu0 100 0 100 1000\n', new Set([0]))).toBeCloseTo(2)
  })

  test('of no text with these cores is null', () => {
    expect(parseBusySeconds('', new Set([0]))).toBeNull()
    expect(parseBusySeconds(text, new Set([7]))).toBeNull()
  })

  test('any other text is null or a number of seconds', () => {
    const likely = fc.array(fc.stringMatching(/^cpu\d [\d ]*$/)).map((lines) => lines.join('\n'))
    fc.assert(
      fc.property(fc.oneof(anyText, likely), (text) => {
        const seconds = parseBusySeconds(text, new Set([0, 1]))
        return seconds === null || seconds >= 0
      }),
      { seed: 1 },
    )
  })
})

describe('parseAllowedCores', () => {
  test.each([
    ['0-3', [0, 1, 2, 3]],
    ['5', [5]],
    ['0,2-3,8', [0, 2, 3, 8]],
  ])('%s', (list, cores) => {
    const status = `Name:\tnode\nCpus_allowed:\tff\nCpus_allowed_list:\t${list}\nMems_allowed:\t1\n`
    expect([...(parseAllowedCores(status) ?? [])]).toEqual(cores)
  })

  test('without the line, or with nonsense in it, is null or a bounded set', () => {
    expect(parseAllowedCores('Name:\tnode\n')).toBeNull()
    const list = fc.stringMatching(/^[\d,-]{1,30}$/).map((text) => `Cpus_allowed_list:\t${text}`)
    fc.assert(
      fc.property(fc.oneof(anyText, list), (text) => (parseAllowedCores(text)?.size ?? 1) <= 8192),
      { seed: 1 },
    )
  })
})

describe('parseProcessStat', () => {
  const line = (name: string) =>
    `1234 (${name}) S 1 1234 1234 0 -1 4194560 5000 900 10 0 1500 250 77 88 20 0 12 0 8675309 1000000 2000`

  test('reads the parent and the time without that of ended children', () => {
    expect(parseProcessStat(line('ollama'))).toEqual({ pid: 1234, parentPid: 1, name: 'ollama', seconds: 17.5 })
  })

  test('is not misled by what a program calls itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 15 }), (name) => {
        expect(parseProcessStat(line(name))).toEqual({ pid: 1234, parentPid: 1, name, seconds: 17.5 })
      }),
      { seed: 1 },
    )
  })

  test('any other text is null', () => {
    fc.assert(
      fc.property(anyText, (text) => parseProcessStat(text) === null),
      { seed: 1 },
    )
  })
})

describe('parseProcessList', () => {
  test('reads what ps prints on macOS, paths with spaces and hours included', () => {
    const text = [
      '    1     0   4:05.31 /sbin/launchd',
      '  501     1 12:00:01.50 /Applications/Ollama.app/Contents/Resources/ollama',
      '  777   501   0:59.99 /Applications/Ollama Helper.app/Contents/My Tool',
      'nonsense',
    ].join('\n')
    expect(parseProcessList(text)).toEqual([
      { pid: 1, parentPid: 0, name: 'launchd', seconds: 245.31 },
      { pid: 501, parentPid: 1, name: 'ollama', seconds: 43_201.5 },
      { pid: 777, parentPid: 501, name: 'My Tool', seconds: 59.99 },
    ])
  })

  test('any text gives a list', () => {
    fc.assert(
      fc.property(anyText, (text) => parseProcessList(text).every(({ seconds }) => seconds >= 0)),
      { seed: 1 },
    )
  })
})

describe('daemonSeconds', () => {
  const processes = [
    // A child listed before its parent, as after process ids wrapped around.
    { pid: 5, parentPid: 900, name: 'llama-server', seconds: 50 },
    { pid: 10, parentPid: 1, name: 'bash', seconds: 1 },
    { pid: 20, parentPid: 10, name: 'attune-engine', seconds: 20 },
    { pid: 21, parentPid: 20, name: 'worker', seconds: 7 },
    { pid: 900, parentPid: 1, name: 'ollama', seconds: 90 },
    { pid: 901, parentPid: 5, name: 'helper', seconds: 3 },
  ]

  test('takes processes by name with all their descendants', () => {
    expect(daemonSeconds(processes, ['ollama'], null)).toEqual(new Map([[900, 90], [5, 50], [901, 3]])) // prettier-ignore
  })

  test('takes one process by its id with its descendants, whatever they are called', () => {
    expect(daemonSeconds(processes, [], 20)).toEqual(new Map([[20, 20], [21, 7]])) // prettier-ignore
  })

  test('of a daemon that is not there is empty', () => {
    expect(daemonSeconds(processes, ['lmstudio'], null).size).toBe(0)
  })
})
