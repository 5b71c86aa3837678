import { describe, expect, it } from 'vitest'
import { automatic } from '../../../preload/contract/model.ts'
import type { Configuration } from '../../../preload/contract/model.ts'
import { startPeerProcess } from '../../bench/peers/peer-process.ts'
import type { PeerParams, PeerProcess, PeerRequest } from '../../bench/peers/peer-process.ts'
import { createPeerSampler } from '../../bench/peers/peer-sampler.ts'
import { machineOf, okOutcome, outOfMemory, problemOf } from '../search/problems.ts'

const problem = {
  ...problemOf(machineOf({ cores: { physicalCores: 8 } })),
  allowedValues: { num_thread: [0, 2, 4, 8], num_batch: [0, 512, 2048] },
}
const outcomeAt = (decodeTokensPerSecond: number) => okOutcome(400, decodeTokensPerSecond)
const threads = (num_thread: number, num_batch = 0): Configuration => ({ ...automatic, num_thread, num_batch })

/** An optimiser that suggests what it is given, in turn, and remembers what it was told. */
function scriptedPeers(suggestions: PeerParams[]) {
  const requests: PeerRequest[] = []
  const peers: PeerProcess = {
    versions: {},
    request: async (request) => {
      requests.push(request)
      return request.command === 'ask' ? (suggestions.shift() ?? null) : null
    },
    close: () => {},
  }
  return { peers, requests, told: () => requests.filter((request) => request.command === 'tell') }
}

function startSampler(suggestions: PeerParams[], canMeasure: (configuration: Configuration) => boolean = () => true) {
  const scripted = scriptedPeers(suggestions)
  const sampler = createPeerSampler(scripted.peers, 'optuna-tpe', { problem, space: 'full', seed: 1, canMeasure })
  return sampler.then((started) => ({ ...scripted, sampler: started }))
}

describe('a peer', () => {
  it('gets every value that the daemon takes, and measures the baseline before it is asked', async () => {
    const { sampler, requests } = await startSampler([])
    const suggestion = await sampler.ask()
    expect(suggestion).toMatchObject({ kind: 'trial', configuration: automatic, abandonAboveTurnSeconds: null })
    expect(requests).toHaveLength(1)
    expect(requests[0]).toMatchObject({
      command: 'start',
      space: expect.arrayContaining([
        { name: 'num_thread', values: [0, 2, 4, 8] },
        { name: 'num_batch', values: [0, 512, 2048] },
        { name: 'use_mmap', values: [null] },
      ]),
    })
  })

  it('has a suggestion that cannot be measured replaced by the nearest one that can', async () => {
    const hasGapAt = ({ num_thread, num_batch }: Configuration) => num_thread === 8 && num_batch === 512
    const { sampler } = await startSampler([threads(8, 512)], (configuration) => !hasGapAt(configuration))
    await sampler.tell({ configuration: automatic, outcome: outcomeAt(10) })
    expect(await sampler.ask()).toMatchObject({ configuration: threads(4, 512) })
  })

  it('is told again for nothing what it suggests again, and pays only if it insists', async () => {
    const again = () => ({ ...automatic })
    const patient = await startSampler([again(), again(), threads(4)])
    await patient.sampler.tell({ configuration: automatic, outcome: outcomeAt(10) })
    expect(await patient.sampler.ask()).toMatchObject({ configuration: threads(4) })
    const turnSeconds = 400 / 400 + 1 / 10 + 0.012 + 120 / 10
    expect(patient.told()).toHaveLength(3)
    for (const { value } of patient.told()) expect(value).toBeCloseTo(Math.log(turnSeconds), 9)

    const insistent = await startSampler(Array.from({ length: 10 }, again))
    await insistent.sampler.tell({ configuration: automatic, outcome: outcomeAt(10) })
    expect(await insistent.sampler.ask()).toMatchObject({ configuration: automatic })
  })

  it('ends its search where it has nothing left to try', async () => {
    const { sampler } = await startSampler([])
    await sampler.tell({ configuration: automatic, outcome: outcomeAt(10) })
    expect(await sampler.ask()).toMatchObject({ kind: 'stop' })
  })

  it('recommends the best mean over loads, and the baseline while everything fails', async () => {
    const { sampler, told } = await startSampler([])
    await sampler.tell({ configuration: automatic, outcome: outOfMemory })
    expect(sampler.recommend()).toEqual(automatic)
    expect(told().at(-1)).toMatchObject({ value: null })
    await sampler.tell({ configuration: threads(2), outcome: outcomeAt(12) })
    for (const speed of [20, 5]) await sampler.tell({ configuration: threads(8), outcome: outcomeAt(speed) })
    expect(sampler.recommend()).toEqual(threads(2))
  })
})

describe('the program of the peers', () => {
  it('is missed with a sentence where there is no Python', async () => {
    expect(await startPeerProcess('no-python-of-this-name')).toMatch(
      /^The peers do not run with no-python-of-this-name: /,
    )
  })
})
