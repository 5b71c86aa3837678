import { writeFile } from 'node:fs/promises'
import type { EnvironmentAdvice } from '../../../preload/contract/environment.ts'
import { AttuneError } from '../../../preload/contract/errors.ts'
import type { Configuration } from '../../../preload/contract/model.ts'
import type { Study } from '../../../preload/contract/study.ts'
import { tuneDocument } from '../../study/document.ts'
import { isHeldByTag } from '../../study/environment.ts'
import { environmentAdvice } from '../../study/save/environment-advice.ts'
import { printJson, printLine, type Context } from './context.ts'
import type { CliWords } from '../../words/cli.ts'
import { translated } from '../../words/translated.ts'
import { table } from './terminal.ts'

export async function listStudies(context: Context): Promise<void> {
  const studies = await context.api['study.list']({})
  const words = context.text.words.studies
  if (studies.length === 0) return printLine(context, words.none)
  const rows = studies.map((study) => [
    study.id,
    study.createdAt.slice(0, 16).replace('T', ' '),
    study.model.name,
    study.goal,
    words.states[study.state],
    study.verdict === null ? '' : study.verdict.sentence.text,
  ])
  printLine(context, table([words.columns, ...rows]))
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
  const { report, failure } = study
  const words = context.text.words.studies
  if (report === null) {
    const why = failure === null ? null : `${failure.message} ${failure.hint}`
    return printLine(context, words.withoutReport(study.id, words.states[study.state], study.trials.length, why))
  }
  const lines = [report.verdict.sentence.text, ...report.verdict.reasons.map((reason) => `  ${reason.text}`)]
  if (report.changes.length > 0) {
    lines.push('', words.changes, ...report.changes.map((change) => `  ${change.name}: ${change.reason.text}`))
  }
  const advice = translated(environmentAdvice(study, report.best.configuration), context.text.language)
  if (advice) lines.push('', ...adviceLines(words, advice))
  lines.push('', table([context.text.choiceHeader, ...report.alternatives.map(context.text.choiceCells)]))
  if (report.notes.length > 0) lines.push('', ...report.notes.map((note) => note.text))
  lines.push('', words.id(study.id))
  printLine(context, lines.join('\n'))
}

/** What to set for the whole Ollama server, and how to take it back. */
function adviceLines(words: CliWords['studies'], { variables, how, set, undo }: EnvironmentAdvice): string[] {
  const indented = (commands: string) => commands.split('\n').map((line) => `    ${line}`)
  return [
    words.forOllama,
    ...variables.map(({ name, value, effect }) => `  ${name}=${value}: ${effect.text}`),
    `  ${how.text}`,
    ...indented(set),
    `  ${words.takeBack}`,
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
  context.terminal.err.write(`${context.text.words.studies.wrote(path)}\n`)
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
  const { terminal, text } = context
  const words = text.words.studies
  terminal.err.write(`${words.registering(tag)}\n`)
  const certificate = await context.api['save.register']({ id: study.id, name: tag, configuration })
  const { measured, promised, promiseKept } = certificate
  const outcome =
    measured === null
      ? words.registeredUnmeasured(certificate.tag)
      : words.registered(
          certificate.tag,
          text.significant(promised.turnSeconds),
          text.estimate(measured.turnSeconds),
          promiseKept,
        )
  terminal.err.write(`${outcome}\n`)
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
  context.terminal.err.write(`${context.text.words.studies.removed(certificate.tag)}\n`)
}
