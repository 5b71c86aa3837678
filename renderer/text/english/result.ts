import type { ChoiceRole } from '../../../preload/contract/insight.ts'
import { englishStudy } from '../../../preload/words/english.ts'
import type { MetricName } from '../../figures/metrics.ts'
import { lowerFirst } from '../lower-first.ts'
import type { Format, Quantity } from '../format.ts'

/** Step 6: the result and its figures. */
export function resultWords(format: Format) {
  return {
    metrics: {
      turn: { name: englishStudy.figures.turn, ...format.seconds },
      ttft: { name: englishStudy.figures.ttft, ...format.seconds },
      decode: { name: englishStudy.figures.decode, ...format.tokensPerSecond },
      prefill: { name: englishStudy.figures.prefill, ...format.tokensPerSecond },
      memory: { name: englishStudy.figures.memory, ...format.memory },
      higher: 'more is better',
      lower: 'less is better',
    } satisfies Record<MetricName, Quantity & { name: string }> & Record<string, unknown>,
    result: {
      heading: (model: string) => `Result for ${model}`,
      nothingToDo: 'There is nothing for you to do: use the model as before.',
      beforeAfter: englishStudy.beforeAfter,
      measured: englishStudy.measured,
      figure: englishStudy.figure,
      before: englishStudy.before,
      after: englishStudy.after,
      changes: englishStudy.changes,
      becomes: englishStudy.becomes,
      roles: { fastest: 'Fastest', balanced: 'Balanced', lightest: 'Lightest' } satisfies Record<ChoiceRole, string>,
      /** "Fastest and balanced" */
      rolesOf: (roles: readonly string[]) => format.list(roles.map((role, i) => (i === 0 ? role : lowerFirst(role)))),
      ways: 'Ways to set it up',
      waysLead: 'Each was measured here. Whatever you save is measured again, just as it was saved.',
      closer: 'Look closer',
      closerLead: 'All of it rests on the same measurements. Open what you are curious about.',
      parts: {
        kept: { title: englishStudy.kept, detail: 'Settings that were right already, or could not be changed.' },
        untested: { title: englishStudy.untested, detail: 'So that nobody reads more into it than there is.' },
        choices: { title: 'Speed against memory', detail: 'Every setup in one picture; choose any of them.' },
        importance: { title: 'Which settings matter', detail: 'How much of the differences each explains.' },
        effects: { title: 'What each setting does', detail: 'From its smallest value to its largest.' },
        map: { title: 'Two settings together', detail: 'The two that matter most, in every combination.' },
        parallel: { title: 'All setups side by side', detail: 'Settings on the left, figures on the right.' },
        timeline: { title: 'Where the minutes went', detail: 'Loading, answering, waiting.' },
        table: { title: 'Everything that was measured', detail: 'Every setup with all its figures, best first.' },
      } satisfies Record<string, { title: string; detail: string }>,
      alternativesCaption: 'Measured setups, best first',
      settings: englishStudy.settings,
      choice: 'Save',
      isRecommended: 'recommended',
      isNow: 'as it is now',
      isTradeOff: 'worth a choice',
      saveThis: 'Save this',
      saveThisOne: (summary: string) => `Save this: ${summary}`,
      notes: englishStudy.notes,
      share: 'Keep or share this result',
      shareLead: 'One file with everything on this page, for reading and printing without Attune, or for programs.',
      shareAs: { html: 'Save as a page (HTML)', json: 'Save as data (JSON)' },
      rescore: 'Judge the same measurements for another goal',
      showTrials: 'Show the trials',
      save: 'Save this setup',
      another: 'Tune another model',
    },
  }
}
