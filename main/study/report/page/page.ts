import type { Study } from '../../../../preload/contract/study.ts'
import type { PageWords } from '../../../words/page.ts'
import { sentenceOf } from '../../../words/say.ts'
import { html, type Html } from './html.ts'
import {
  changesPart,
  conditionsPart,
  figuresPart,
  keptPart,
  savedPart,
  section,
  setupsPart,
  statementList,
  trialsPart,
  verdictPart,
} from './sections.ts'
import { pageStyle } from './style.ts'
import { trialsPicture } from './trials-picture.ts'

/**
 * A study as one HTML file to print or pass on. It needs no script and no network, and its own policy admits none.
 * Pure; everything that comes from outside is escaped.
 *
 * @param version Attune's
 */
export function reportPage(study: Study, words: PageWords, version: string): string {
  const title = words.title(study.model.ref.name)
  const begun = new Date(study.createdAt).toLocaleString(words.language, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
  })
  const page = html`<!doctype html>
    <html lang="${words.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>${title}</title>
        ${style}
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          <p class="muted">${words.begun(`${begun} UTC`)}</p>
          ${parts(study, words)}
        </main>
        <footer>${words.footer(version)}</footer>
      </body>
    </html> `
  return page.markup
}

/** Written here and not by anyone outside, so that it needs no escaping. */
const style: Html = { markup: `<style>${pageStyle}</style>` }

function parts(study: Study, words: PageWords): Html[] {
  const { report, searchEnded } = study
  const picture = trialsPicture(study, words)
  const trials = html`${picture === null ? [] : [picture]}${trialsPart(study, words)}`
  const notes = [...(searchEnded ? [searchEnded] : []), ...(report?.notes ?? [])]
  const hasSaved = study.certificates.some(({ undoneAt }) => undoneAt === null)
  return [
    ...(report === null
      ? [
          html`<div class="verdict">
            <strong>${sentenceOf({ code: 'study.verdict.unmeasured', values: {} }, words.language) ?? ''}</strong>
          </div>`,
        ]
      : [
          verdictPart(report),
          section(report.changes.length > 0 ? words.beforeAfter : words.measured, figuresPart(report, words)),
          ...(report.changes.length > 0 ? [section(words.changes, changesPart(report, words))] : []),
          ...(report.kept.length > 0 ? [section(words.kept, keptPart(report, words))] : []),
        ]),
    ...(hasSaved ? [section(words.saved, savedPart(study, words))] : []),
    ...(report === null ? [] : [section(words.setups, setupsPart(report, words))]),
    ...(study.trials.length > 0 ? [section(words.trials, trials)] : []),
    ...(report !== null && report.untested.length > 0 ? [section(words.untested, statementList(report.untested))] : []),
    ...(notes.length > 0 ? [section(words.notes, statementList(notes))] : []),
    section(words.conditions, conditionsPart(study, words)),
  ]
}
