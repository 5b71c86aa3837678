import { binomialDistribution } from 'simple-statistics'
import type { GoalKind } from '../../../preload/contract/goal.ts'
import { automatic, parameterNames } from '../../../preload/contract/model.ts'
import type { Configuration } from '../../../preload/contract/model.ts'
import { createRandom } from '../../../main/search/random.ts'
import type { Random } from '../../../main/search/random.ts'
import { buildSpace } from '../../../main/search/space.ts'
import { mean, median, share } from '../figures.ts'
import { percent, print, printTable } from '../printing.ts'
import { constantTable, noDrift } from './constant-table.ts'
import { dealer } from './dealing.ts'
import { problemOf, setups } from './machines.ts'
import type { Setup } from './machines.ts'
import type { HonestyOptions } from './nothing-helps.ts'
import type { Ending, RunStudy, Wish } from './study-run.ts'

const gains = [0.05, 0.1, 0.3] as const
const noise = { withinSd: 0.02, betweenSd: 0.01, drift: noDrift }
/** The gain that has to be found, and in what share of the studies. */
const decisiveGain = 0.1
const leastFoundShare = 0.95
/** So unlikely must a share be, if the goal were reached, for it to count as missed where few studies are counted. */
const beyondChance = 0.05
/** Studies here have other seeds than where nothing helps. */
const firstSeed = 5e5

/**
 * What is planted. `pathology`: the user's value of one setting costs that much against every other value, so any
 * search that looks finds it. `needle`: one value of one setting is better and nothing near it tells, so with fewer
 * loads than values it is luck to come upon it; what was tried has to be confirmed.
 */
const kinds = ['pathology', 'needle'] as const
type Kind = (typeof kinds)[number]

interface Planted {
  kind: Kind
  gain: number
  wish: Wish
  isBetter: (configuration: Configuration) => boolean
  ending: Ending
}

/** Plays studies in which one setting matters, and prints how often that is found and confirmed. True if often enough. */
export async function playPlantedGains(runStudy: RunStudy, options: HonestyOptions): Promise<boolean> {
  const groups = []
  for (const kind of kinds) {
    for (const budget of options.budgets) {
      const played: Planted[] = []
      for (let ordinal = 0; ordinal < options.gains; ordinal++) {
        played.push(await playOne(runStudy, kind, ordinal, budget, options.seed + firstSeed + ordinal))
      }
      groups.push(...gains.map((gain) => ({ kind, budget, gain, of: played.filter((entry) => entry.gain === gain) })))
    }
  }
  print('\n## One setting matters\n')
  print(
    `${options.gains} whole studies of each kind and budget; repetitions differ by 2 %, loads by 1 %. Pathology: the`,
  )
  print("user's value costs so much against all others. Needle: one value is better, and nothing near it tells.\n")
  printTable(
    groups.map(({ kind, budget, gain, of }) => ({ planted: kind, gain: percent(gain), budget, ...gainLine(of) })),
  )
  print(`\nThe goal is ${percent(leastFoundShare)} at a gain of ${percent(decisiveGain)}: of the pathologies found and`)
  print(
    'confirmed. Of the needles that were tried as many should be confirmed; how many are tried is luck, so that they',
  )
  print('count as missed only where chance does not explain it (binomial distribution, 5 %).')
  return groups.every(({ gain, kind, of }) => {
    if (gain !== decisiveGain) return true
    if (kind === 'pathology') return share(of, isFound) >= leastFoundShare
    const tried = of.filter(isTried)
    return chanceOfAtMost(tried.filter(isFound).length, tried.length, leastFoundShare) >= beyondChance
  })
}

/** P(at most `successes` of `trials`), each succeeding with probability `p`; 1 where there are no trials. */
export function chanceOfAtMost(successes: number, trials: number, p: number): number {
  const probabilities = binomialDistribution(trials, p)
  return probabilities?.slice(0, successes + 1).reduce((sum, probability) => sum + probability, 0) ?? 1
}

async function playOne(
  runStudy: RunStudy,
  kind: Kind,
  ordinal: number,
  budget: Wish['budget'],
  seed: number,
): Promise<Planted> {
  const deal = dealer(ordinal)
  const gain = deal(gains)
  const wish = { setup: deal(setups), goal: deal(['chat', 'throughput'] as const), budget }
  const isBetter = drawBetter(kind, wish.setup, wish.goal, createRandom(seed + 3e6))
  // The gain is in the goal's own figure: seconds saved, or tokens/s won.
  const factor = wish.goal === 'throughput' ? 1 + gain : 1 / (1 - gain)
  const table = constantTable(wish.setup, noise, (configuration) => (isBetter(configuration) ? factor : 1))
  return { kind, gain, wish, isBetter, ending: await runStudy(wish, table, seed, {}) }
}

/** Draws the setting among those that are varied, and the value among the others than the user's. */
function drawBetter(kind: Kind, setup: Setup, goal: GoalKind, random: Random): Planted['isBetter'] {
  const { candidates, regime } = buildSpace({ ...problemOf(setup), goal })
  // Where all layers are on the card anyway, to ask for them is the same engine state.
  const names = parameterNames.filter((name) => name !== 'num_gpu' || regime !== 'full')
  const choices = names.flatMap((name) => {
    const values = new Set(candidates.map((candidate) => candidate[name]))
    values.delete(automatic[name])
    if (values.size === 0) return []
    return kind === 'pathology'
      ? [(configuration: Configuration) => configuration[name] !== automatic[name]]
      : [...values].map((value) => (configuration: Configuration) => configuration[name] === value)
  })
  return choices[Math.floor(random() * choices.length)] ?? (() => false)
}

function gainLine(played: readonly Planted[]): Record<string, string> {
  const verdictShare = (verdict: Ending['verdict']) =>
    percent(share(played, ({ ending }) => ending.verdict === verdict))
  const found = played.filter(isFound)
  return {
    studies: String(played.length),
    'found and confirmed': percent(share(played, isFound)),
    tried: percent(share(played, isTried)),
    'confirmed of these': percent(share(played.filter(isTried), isFound)),
    keep: verdictShare('keep'),
    inconclusive: verdictShare('inconclusive'),
    'gain said': percent(mean(found.map(({ ending }) => ending.gainPercent / 100)), 1),
    loads: median(played.map(({ ending }) => ending.loads)).toFixed(0),
    minutes: (median(played.map(({ ending }) => ending.seconds)) / 60).toFixed(1),
  }
}

function isTried({ ending, isBetter }: Planted): boolean {
  return ending.tried.some(isBetter)
}

function isFound({ ending, isBetter }: Planted): boolean {
  return ending.verdict === 'improved' && isBetter(ending.best)
}
