import type { Study } from '../../../../preload/contract/study.ts'
import { displayedObjective, objectiveCost } from '../../../search/objective.ts'
import type { PageWords } from '../../../words/page.ts'
import { isSameConfiguration, loadFigures } from '../../choices.ts'
import { significant } from './figures.ts'
import { html, type Html } from './html.ts'

const size = { width: 720, height: 260, left: 56, right: 12, top: 12, bottom: 36 }
const ticks = 4

interface Point {
  number: number
  score: number
  isOfBaseline: boolean
}

/** The goal's figure of every trial in full as a small drawing, those of the present settings as squares; nothing below two. */
export function trialsPicture(study: Study, words: PageWords): Html | null {
  const points = scoredTrials(study)
  const own = points.filter(({ isOfBaseline }) => isOfBaseline).map(({ score }) => score)
  if (points.length < 2 || own.length === 0) return null
  const { goal } = study.request
  const scores = points.map(({ score }) => score)
  const [low, high] = [Math.min(...scores), Math.max(...scores)]
  const room = (high - low || high) / 10
  const last = points.at(-1)?.number ?? 1
  const x = (number: number) => size.left + ((number - 0.5) / last) * (size.width - size.left - size.right)
  const y = (score: number) =>
    size.top + ((high + room - score) / (high - low + 2 * room)) * (size.height - size.top - size.bottom)
  const before = own.reduce((sum, score) => sum + score, 0) / own.length
  const best = points.reduce((a, b) => ((goal === 'throughput' ? b.score > a.score : b.score < a.score) ? b : a))
  const levels = Array.from({ length: ticks }, (_, i) => low + ((high - low) * i) / (ticks - 1))
  return html`<figure>
    <svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${words.trialsPicture}">
      ${levels.map(
        (level) =>
          html`<line
              x1="${size.left}"
              x2="${size.width - size.right}"
              y1="${y(level)}"
              y2="${y(level)}"
              stroke="var(--line)"
            /><text x="${size.left - 8}" y="${y(level) + 4}" text-anchor="end"
              >${significant(level, words.language)}</text
            >`,
      )}
      <line
        x1="${size.left}"
        x2="${size.width - size.right}"
        y1="${y(before)}"
        y2="${y(before)}"
        stroke="var(--bar)"
        stroke-width="1.5"
        stroke-dasharray="6 4"
      />
      ${points.map(({ number, score, isOfBaseline }) =>
        isOfBaseline
          ? html`<rect x="${x(number) - 4.5}" y="${y(score) - 4.5}" width="9" height="9" fill="var(--bar)" />`
          : html`<circle cx="${x(number)}" cy="${y(score)}" r="5" fill="var(--accent)" />`,
      )}
      <circle cx="${x(best.number)}" cy="${y(best.score)}" r="10" fill="none" stroke="var(--accent)" stroke-width="2" />
      <text x="${size.left}" y="${size.height - 8}">${words.axes[goal]}</text>
      <text x="${size.width - size.right}" y="${size.height - 8}" text-anchor="end">${words.trial} ${last}</text>
    </svg>
    <figcaption class="muted">${words.trialsPicture}</figcaption>
  </figure>`
}

function scoredTrials(study: Study): Point[] {
  const { goal } = study.request
  return study.trials.flatMap(({ number, outcome, fidelity, configuration }): Point[] => {
    if (outcome?.kind !== 'ok' || fidelity !== undefined) return []
    const score = displayedObjective(goal, objectiveCost(goal, loadFigures(study, outcome), study.plan.workload))
    const isOfBaseline = isSameConfiguration(configuration, study.plan.baseline)
    return [{ number, score: goal === 'memory' ? score / 1024 : score, isOfBaseline }]
  })
}
