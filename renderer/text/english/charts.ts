import type { GoalKind } from '../../../preload/contract/goal.ts'
import type { ParameterImportance, SettingMap } from '../../../preload/contract/insight.ts'
import type { ParameterName } from '../../../preload/contract/model.ts'
import type { StudyPhase } from '../../../preload/contract/study.ts'
import type { ChoiceMetric } from '../../figures/front.ts'
import { gainPercent, type Standing } from '../../figures/objective.ts'
import type { TimeShares } from '../../figures/timeline.ts'
import { englishStudy } from '../../../preload/words/english.ts'
import type { Format } from '../format.ts'
import { lowerFirst } from '../lower-first.ts'
import { plural } from '../plural.ts'
import { goalWords } from './goal.ts'
import type { parameterWords } from './parameters.ts'

/** Pictures: their titles say what they show, their summaries how to read them. */
export function chartWords(format: Format, parameters: ReturnType<typeof parameterWords>) {
  const { goals } = goalWords(format)
  return {
    asTable: 'Show as a table',
    failed: 'The chart could not be loaded. The table below has the same figures.',
    saveAs: (kind: string, title: string) => `Save as ${kind}: ${title}`,
    notSaved: 'The picture could not be saved.',
    trials: {
      title: ({ baselineScore, best }: Standing, goal: GoalKind) => {
        const start = `${goals[goal].axis}, trial by trial`
        if (best === null || baselineScore === null) return start
        const gain = gainPercent(goal, best.score, baselineScore)
        return gain < 3
          ? `${start}: nothing clearly better than now`
          : `${start}: the best is ${format.percent.of(gain)} better than now`
      },
      number: englishStudy.trial,
      purpose: englishStudy.purpose,
      point: (number: number) => `Trial ${number}`,
      now: 'as it is now',
      summary: ({ scored, unscored, baselineScore, noise, best }: Standing, goal: GoalKind) => {
        if (best === null || baselineScore === null) return 'The first points appear when the first trials end.'
        const failed = unscored.length === 0 ? '' : ` ${format.integer(unscored.length)} gave no figure (crosses).`
        const better = goal === 'throughput' ? 'Higher is better.' : 'Lower is better.'
        const shaded =
          noise === null ? '' : ' Shaded: where your own settings lie by chance alone. Line: the best so far.'
        return `${better} Now: ${goals[goal].score(baselineScore)}. Best of ${format.integer(scored.length)}: ${goals[goal].score(best.score)} in trial ${best.trial.number} (ringed).${failed}${shaded}`
      },
    },
    choices: {
      /** What the lightest setup of the front saves and costs against the fastest; null where one is best in both. */
      title: (metric: ChoiceMetric, trade: { savedMiB: number; costPercent: number } | null) => {
        if (trade === null) return 'One setup is best in both speed and memory'
        const saved = format.memory.of(trade.savedMiB)
        const percent = format.percent.of(trade.costPercent)
        switch (metric) {
          case 'turn':
            return `Saving ${saved} of memory makes a reply take ${percent} longer`
          case 'ttft':
            return `Saving ${saved} of memory makes the first word come ${percent} later`
          case 'decode':
            return `Saving ${saved} of memory makes writing ${percent} slower`
        }
      },
      summary: (metric: ChoiceMetric) =>
        `Further left needs less memory, further ${metric === 'decode' ? 'up writes faster' : 'down is sooner'}. Nothing that was measured beats the setups on the line in both. Click a point, or choose a setup below, to see what it means.`,
      memoryAxis: 'Memory, GB',
      axes: { turn: 'Seconds for a reply', ttft: 'Seconds to the first word', decode: 'Tokens per second' },
      metric: 'Compare memory with',
      pick: 'Look at a setup',
    },
    parallel: {
      /** `changed`: the settings in which the recommended setup differs from the present one. */
      title: (changed: readonly ParameterName[], count: number) =>
        changed.length === 0
          ? `Of ${plural(count, format.integer(count), 'setup', 'setups')} yours is the one to keep`
          : `What makes the difference: ${format.list(changed.map((name) => lowerFirst(parameters.names[name])))}`,
      summary:
        'Each line is one setup, from its settings on the left to what it costs on the right; lower is better there. Green: the recommended setup; dashed: as it is now.',
    },
    effects: {
      summary: (goal: GoalKind, { points }: Pick<ParameterImportance, 'points'>) =>
        `${goal === 'memory' ? 'Memory' : 'Time'} compared with the present value, the other settings apart; below 0 is better. Line and band: what the measurements speak for, and where it lies with 95% probability. Dots: the ${format.integer(points.length)} loads that were measured.`,
      axis: (goal: GoalKind): string => (goal === 'memory' ? 'More memory, %' : 'More time, %'),
      value: 'Value',
      difference: 'Difference',
      low: 'From',
      high: 'To',
      loads: 'Loads',
    },
    map: {
      summary: ({ names: [first, second] }: Pick<SettingMap, 'names'>) =>
        `${parameters.names[first]} across, ${parameters.names[second]} upwards. Each number is by how many percent the best setup with these two values is worse than the best of all; the stronger the colour, the better. A dot: measured; without one: expected.`,
      loads: 'Loads',
      worse: 'Worse than the best',
    },
    timeline: {
      title: ({ loading, answering, lost }: TimeShares) => {
        const total = loading + answering + lost
        const share = (seconds: number) => format.percent.of(Math.round((100 * seconds) / total))
        const most = Math.max(loading, answering, lost)
        if (most === loading) return `Loading the model took ${share(loading)} of the time`
        if (most === answering) return `Answers of the model took ${share(answering)} of the time`
        return `Unloading, waiting and trials without a figure took ${share(lost)} of the time`
      },
      summary: ({ loading, answering, lost }: TimeShares) =>
        `Loading: ${format.duration(loading)}. Answers that were measured: ${format.duration(answering)}. Trials without a figure, unloading and waiting: ${format.duration(lost)}. Pauses are left out.`,
      phases: { baseline: 'As it is now', search: 'Search', confirm: 'Check', done: 'Done' } satisfies Record<
        StudyPhase,
        string
      >,
      axis: 'Minutes of measuring',
      loading: 'Loading',
      answering: 'Answers',
      lost: 'Everything else',
      trial: englishStudy.trial,
    },
    history: {
      title: (model: string, changePercent: number, since: string) => {
        if (Math.abs(changePercent) < 3) return `${model} writes about as fast as on ${since}`
        const percent = format.percent.of(Math.abs(changePercent))
        return `${model} writes ${percent} ${changePercent > 0 ? 'faster' : 'slower'} than on ${since}`
      },
      summary: (count: number) =>
        `${format.integer(count)} studies of this model. Squares: as it was before each study; circles: with what the study found; beside them the version of what ran it, where it changed.`,
      pick: 'Which model',
      name: (model: string, goal: string) => `${model} · ${goal}`,
      study: 'Study',
      version: 'Version',
      before: 'Before',
      after: 'With what was found',
    },
    compare: {
      title: (changePercent: number) => {
        if (Math.abs(changePercent) < 3) return 'Both end at about the same time for a reply'
        const percent = format.percent.of(Math.abs(changePercent))
        return `With the second a reply takes ${percent} ${changePercent > 0 ? 'more' : 'less'} time than with the first`
      },
      summary:
        'Each line leads from before (open) to after (filled). 100 is where the first study began. For times and memory further left is better, for speeds further right.',
      studies: ['First', 'Second'] as [string, string],
      axis: 'First before = 100',
    },
  }
}
