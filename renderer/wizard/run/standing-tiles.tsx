import type { Study } from '../../../preload/contract/study.ts'
import type { Standing } from '../../figures/objective.ts'
import { useText } from '../../text/use-text.ts'
import { Tile, Tiles } from '../../ui/layout/panel.tsx'

/** The user's own settings against the best so far. Not yet a verdict: that takes the confirmation. */
export function StandingTiles({ study, standing }: { study: Study; standing: Standing }) {
  const { words } = useText()
  const { goal } = study.request
  const { baselineScore, best } = standing
  return (
    <Tiles>
      <Tile
        label={words.run.now}
        value={baselineScore === null ? words.run.notYet : words.goals[goal].score(baselineScore)}
        detail={words.run.nowDetail}
      />
      <Tile
        label={words.run.bestSoFar}
        value={best === null ? words.run.notYet : words.goals[goal].score(best.score)}
        detail={best === null ? words.run.bestPending : words.parameters.summary(best.trial.configuration)}
      />
    </Tiles>
  )
}
