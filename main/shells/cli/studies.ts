import { writeFile } from 'node:fs/promises'
import type { EnvironmentAdvice } from '../../../preload/contract/environment.ts'
import { AttuneError } from '../../../preload/contract/errors.ts'
import type { Configuration } from '../../../preload/contract/model.ts'
import type { Study } from '../../../preload/contract/study.ts'
import { tuneDocument } from '../../study/document.ts'
import { isHeldByTag } from '../../study/environment.ts'
import { environmentAdvice } from '../../study/save/environment-advice.ts'
import { printJson, printLine, type Context } from './context.ts'
import { choiceCells, choiceHeader, estimateText } from './format.ts'
import { table } from './terminal.ts'

export async function listStudies(context: Context): Promise<void> {
  const studies = await context.api['study.list']({})
  if (studies.length === 0) return printLine(context, 'No studies yet. Begin with "npm run attune -- tune practice".')
  const rows = studies.map((study) => [
    study.id,
    study.createdAt.slice(0, 16).replace('T', ' '),
    study.model.name,
    study.goal,
    study.state,
    study.verdict === null ? '' : study.verdict.sentence.text,
  ])
  printLine(context, table([['id', 'begun (UTC)', 'model', 'goal', 'state', 'verdict'], ...rows]))
}

/** Finds a study by its id or by the beginning of it. */
export async function resolveStudy(context: Context, idPrefix: string): Promise<Study> {
  const matches = (await context.api['study.list']({})).filter((study) => study.id.startsWith(idPrefix))
  const match = matches[0]
  if (match && matches.length === 1) return (await context.api['study.get']({ id: match.id })).study
  throw new AttuneError({
    code: 'notFound',
    message:
      matches.length === 0
        ? `There is no study ${idPrefix}.`
        : `${matches.length} studies begin with ${idPrefix}: ${matches.map((study) => study.id).join(', ')}.`,
    hint: 'List them with "npm run attune -- studies".',
  })
}

export function printStudy(context: Context, study: Study, asJson: boolean): void {
  if (asJson) return printJson(context, tuneDocument(study))
  const { report } = study
  if (report === null) {
    const why = study.failure === null ? '' : `: ${study.failure.message} ${study.failure.hint}`
    return printLine(context, `Study ${study.id} is ${study.state} after ${study.trials.length} trials${why}`)
  }
  const lines = [report.verdict.sentence.text, ...report.verdict.reasons.map((reason) => `  ${reason.text}`)]
  if (report.changes.length > 0) {
    lines.push('', 'What changes:', ...report.changes.map((change) => `  ${change.name}: ${change.reason.text}`))
  }
  const advice = environmentAdvice(study, report.best.configuration)
  if (advice) lines.push('', ...adviceLines(advice))
  lines.push('', table([choiceHeader, ...report.alternatives.map(choiceCells)]))
  if (report.notes.length > 0) lines.push('', ...report.notes.map((note) => note.text))
  lines.push('', `Study ${study.id}`)
  printLine(context, lines.join('\n'))
}

/** What to set for the whole Ollama server, and how to take it back. */
function adviceLines({ variables, how, set, undo }: EnvironmentAdvice): string[] {
  const indented = (commands: string) => commands.split('\n').map((line) => `    ${line}`)
  return [
    'To be set for Ollama itself:',
    ...variables.map(({ name, value, effect }) => `  ${name}=${value}: ${effect.text}`),
    `  ${how.text}`,
    ...indented(set),
    '  To take it back:',
    ...indented(undo),
  ]
}

/** The configuration worth saving; refuses where nothing better was proven, so that nobody saves noise. */
export function provenChoice(study: Study): Configuration {
  if (study.report?.verdict.kind === 'improved') return study.report.best.configuration
  throw new AttuneError({
    code: 'conflict',
    message: `Study ${study.id} did not prove a better setting, so there is nothing to save.`,
    hint: 'Keep your present setup, or run a longer study with "--budget thorough".',
  })
}

export async function exportModelfile(context: Context, study: Study, name: string | undefined): Promise<void> {
  const tag = name ?? (await context.api['save.suggestName']({ id: study.id })).name
  const configuration = provenChoice(study)
  if (!isHeldByTag(study, configuration)) throw nothingToSave(study)
  const { modelfile } = await context.api['save.preview']({ id: study.id, name: tag, configuration })
  context.terminal.out.write(modelfile)
}

/** Writes the report to a new file, as a page or, by its ending, as a document for programs. */
export async function exportReport(context: Context, { id }: Study, path: string): Promise<void> {
  const format = path.toLowerCase().endsWith('.json') ? 'json' : 'html'
  const { content } = await context.api['study.export']({ id, format })
  try {
    await writeFile(path, content, { flag: 'wx' })
  } catch (error) {
    throw new AttuneError(
      {
        code: 'storeUnwritable',
        message: `The report could not be written to ${path}: ${error instanceof Error ? error.message : String(error)}.`,
        hint: 'Choose a file that is not there yet, in a folder that you may write to.',
      },
      { cause: error },
    )
  }
  context.terminal.err.write(`Wrote ${path}.\n`)
}

function nothingToSave({ id }: Study): AttuneError {
  return new AttuneError({
    code: 'conflict',
    message: `All that study ${id} found belongs to the whole Ollama server, so there is nothing that a model could hold.`,
    hint: `See what to set for it with "npm run attune -- show ${id}".`,
  })
}

export async function registerTag(context: Context, study: Study, name: string | undefined): Promise<void> {
  const configuration = provenChoice(study)
  const tag = name ?? (await context.api['save.suggestName']({ id: study.id })).name
  context.terminal.err.write(`Registering ${tag} and measuring it as saved …\n`)
  const certificate = await context.api['save.register']({ id: study.id, name: tag, configuration })
  const measured = certificate.measured
  context.terminal.err.write(
    measured === null
      ? `${certificate.tag} is registered but could not be measured.\n`
      : `${certificate.tag} is registered. Promised ${certificate.promised.turnSeconds.toPrecision(3)} s a turn, ` +
          `measured ${estimateText(measured.turnSeconds)} s: ${certificate.promiseKept ? 'kept' : 'not kept'}.\n`,
  )
}

export async function undoTag(context: Context, study: Study, name: string | undefined): Promise<void> {
  const live = study.certificates.filter((certificate) => certificate.undoneAt === null)
  const certificate = name === undefined ? live.at(-1) : live.find(({ tag }) => tag === name)
  if (certificate === undefined) {
    throw new AttuneError({
      code: 'notFound',
      message: `Study ${study.id} has no registered tag${name === undefined ? '' : ` called ${name}`} to undo.`,
      hint: `See what it has with "npm run attune -- show ${study.id}".`,
    })
  }
  await context.api['save.undo']({ id: study.id, name: certificate.tag })
  context.terminal.err.write(`Removed ${certificate.tag}. Your own models were not touched.\n`)
}
