import type { GoalKind } from '../../../preload/contract/goal.ts'
import type { Configuration } from '../../../preload/contract/model.ts'
import type { ReplayedSampler } from '../replay.ts'
import type { Table } from '../tables.ts'
import { startPeerProcess } from './peer-process.ts'
import type { PeerMethod } from './peer-process.ts'
import { createPeerSampler } from './peer-sampler.ts'
import { peerSpaces } from './peer-space.ts'

/** Starts one study of a peer on a table. */
export type StartPeerStudy = (table: Table, goal: GoalKind, seed: number) => Promise<ReplayedSampler>

export interface PeerRuns {
  methods: readonly PeerMethod[]
  /** The Python that has the peers' packages. */
  python: string
  /** Called for each method in each space, one after the other; `name` as in "optuna-tpe-pruned". */
  run: (name: string, start: StartPeerStudy) => Promise<void>
  /** Takes a sentence about each method: its version, or why it is left out. */
  say: (sentence: string) => void
}

/** Runs the peers that can be run here, and says which cannot. */
export async function runPeers({ methods, python, run, say }: PeerRuns): Promise<void> {
  const peers = await startPeerProcess(python)
  if (typeof peers === 'string') return say(`${peers}. The comparison goes on without them.`)
  try {
    for (const method of methods) {
      const version = peers.versions[method]
      if (version === undefined) {
        say(`${method} is left out: ${python} lacks its packages, which test/bench/peers/peer.py names at its top.`)
        continue
      }
      say(`${method} is ${version}.`)
      for (const space of peerSpaces) {
        await run(`${method}-${space}`, (table, goal, seed) => {
          const canMeasure = (configuration: Configuration) => table.row(configuration) !== undefined
          return createPeerSampler(peers, method, { problem: table.problemOf(goal), space, seed, canMeasure })
        })
      }
    }
  } finally {
    peers.close()
  }
}
