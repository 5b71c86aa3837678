import type { BudgetKind } from '../../../preload/contract/goal.ts'
import { createRandom } from '../../../main/search/random.ts'
import { median } from '../figures.ts'
import { print, printTable } from '../printing.ts'
import { constantTable, noDrift } from './constant-table.ts'
import { dealer } from './dealing.ts'
import { setups } from './machines.ts'
import { noiseLevels, scenarios } from './scenarios.ts'
import type { Scenario } from './scenarios.ts'
import { trialSeconds } from './study-run.ts'
import type { Ending, RunStudy, Wish } from './study-run.ts'

/** So many wrong verdicts in a thousand are let pass. */
const wrongInThousand = 2
/** Leaves every scenario seeds of its own. */
const seedsPerScenario = 1e4

export interface HonestyOptions {
  studies: number
  gains: number
  seed: number
  budgets: readonly [BudgetKind, ...BudgetKind[]]
}

interface Played {
  scenario: Scenario
  withinSd: number
  wish: Wish
  seed: number
  ending: Ending
}

/** Plays studies in which nothing helps and prints which call something an improvement. True if few enough do. */
export async function playNothingHelps(runStudy: RunStudy, options: HonestyOptions): Promise<boolean> {
  const { studies } = options
  const played: Played[] = []
  for (let index = 0; index < studies; index++) {
    const position = index % scenarios.length
    const scenario = scenarios[position]
    const ordinal = Math.floor(index / scenarios.length)
    const seed = options.seed + position * seedsPerScenario + ordinal
    if (scenario) played.push(await playOne(runStudy, scenario, ordinal, seed, options))
  }
  print('\n## Nothing helps\n')
  print(`${studies} whole studies in which every setting is equally fast. Wrong "improved" verdicts, by the noise of`)
  print('repetitions:\n')
  printTable(
    scenarios.map(({ name }) =>
      scenarioLine(
        name,
        played.filter(({ scenario }) => scenario.name === name),
      ),
    ),
  )
  const wrong = played.filter(isWrong)
  const allowed = Math.floor((wrongInThousand * studies) / 1000)
  print(`\n${wrong.length} of ${studies} are wrong; the goal is 0, and ${allowed} are let pass.`)
  for (const entry of wrong) print(describe(entry))
  return wrong.length <= allowed
}

async function playOne(
  runStudy: RunStudy,
  scenario: Scenario,
  ordinal: number,
  seed: number,
  { budgets }: HonestyOptions,
): Promise<Played> {
  const deal = dealer(ordinal)
  const withinSd = deal(noiseLevels)
  const wish = { setup: deal(setups), goal: deal(['chat', 'throughput'] as const), budget: deal(budgets) }
  const still = constantTable(wish.setup, { withinSd: 0, betweenSd: 0, drift: noDrift })
  const { noise, circumstances } = scenario.draw(withinSd, trialSeconds(still), createRandom(seed + 3e6))
  const ending = await runStudy(wish, constantTable(wish.setup, noise), seed, circumstances)
  return { scenario, withinSd, wish, seed, ending }
}

function scenarioLine(name: string, played: readonly Played[]): Record<string, string> {
  const endings = played.map(({ ending }) => ending)
  const count = (verdict: Ending['verdict']) => String(endings.filter((ending) => ending.verdict === verdict).length)
  const wrongAt = noiseLevels.map((level) => [
    `${100 * level} %`,
    String(played.filter((entry) => entry.withinSd === level && isWrong(entry)).length),
  ])
  const loads = endings.map((ending) => ending.loads)
  return {
    scenario: name,
    studies: String(played.length),
    ...Object.fromEntries(wrongAt),
    wrong: count('improved'),
    keep: count('keep'),
    inconclusive: count('inconclusive'),
    failed: count('failed'),
    'loads (median / most)': loads.length === 0 ? '' : `${median(loads)} / ${Math.max(...loads)}`,
    minutes: (median(endings.map(({ seconds }) => seconds)) / 60).toFixed(1),
  }
}

function isWrong({ ending }: Played): boolean {
  return ending.verdict === 'improved'
}

/** Everything needed to find the study again, and how its pairs came out. */
function describe({ scenario, withinSd, wish, seed, ending }: Played): string {
  const { gainPercent, interval, pairs, best } = ending
  const bounds = interval ? ` [${interval.low.toFixed(1)}, ${interval.high.toFixed(1)}]` : ''
  const percents = pairs.map((logRatio) => (100 * logRatio).toFixed(1)).join(', ')
  return (
    `- ${scenario.name}, ${100 * withinSd} %, ${wish.setup.name}, ${wish.goal}, ${wish.budget}, seed ${seed}: gain` +
    ` ${gainPercent.toFixed(1)} %${bounds} for ${JSON.stringify(best)}; ln ratios of the pairs × 100: ${percents}`
  )
}
