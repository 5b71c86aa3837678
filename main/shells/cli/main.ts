import { Command, InvalidArgumentError, Option } from 'commander'
import { z } from 'zod'
import { AttuneError } from '../../../preload/contract/errors.ts'
import { budgetKindSchema, goalKindSchema, studyRequestSchema } from '../../../preload/contract/goal.ts'
import { limitsSchema, objectiveNames } from '../../../preload/contract/insight.ts'
import { languageSchema, type Language } from '../../../preload/contract/settings.ts'
import type { Study } from '../../../preload/contract/study.ts'
import { tuneDocumentSchema } from '../../../preload/contract/tune-document.ts'
import { withApp, type Context } from './context.ts'
import { doctor } from './doctor.ts'
import { exitCodes } from './exit-codes.ts'
import { printInsight, readQuestion, type PreferenceOptions } from './insight.ts'
import { listModels } from './models.ts'
import {
  exportModelfile,
  exportReport,
  listStudies,
  printStudy,
  registerTag,
  resolveStudy,
  undoTag,
} from './studies.ts'
import type { Terminal } from './terminal.ts'
import { rerunStudy, resumeStudy, tune, type TuneOptions } from './tune.ts'

const terminal: Terminal = { out: process.stdout, err: process.stderr }

/** Runs one command and turns what became of it into an exit code. */
function run(host: string | undefined, command: (context: Context) => Promise<number | void>): Promise<void> {
  return attempt(() => host, command)
}

/** The same for a command about a study, at the Ollama that it measured unless another one is named. */
function runOn(
  id: string,
  host: string | undefined,
  command: (context: Context, study: Study) => Promise<number | void>,
): Promise<void> {
  let measuredHost: string | undefined
  return attempt(
    () => host ?? measuredHost,
    async (context) => {
      const study = await resolveStudy(context, id)
      if (study.daemon.kind === 'ollama') measuredHost = study.daemon.url
      return command(context, study)
    },
  )
}

async function attempt(
  host: () => string | undefined,
  command: (context: Context) => Promise<number | void>,
): Promise<void> {
  try {
    const { language } = program.opts<{ language?: Language }>()
    process.exitCode = (await withApp({ host, language, terminal }, command)) ?? exitCodes.done
  } catch (error) {
    process.exitCode = exitCodes.failed
    if (!(error instanceof AttuneError)) throw error
    terminal.err.write(`${error.message}\n${error.hint}\n`)
  }
}

function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('It must be a whole number.')
  return value
}

const limitNames = Object.keys(limitsSchema.shape)

const program = new Command('attune')
  .description('Finds the settings with which a local model runs best on this computer.')
  .addOption(new Option('--language <language>', 'of what Attune finds and advises').choices(languageSchema.options))
  .exitOverride((error) => process.exit(error.exitCode === 0 ? exitCodes.done : exitCodes.usage))

const hostOption = () => new Option('--host <url>', 'address of Ollama, instead of OLLAMA_HOST or the default')
const otherHostOption = () =>
  new Option('--host <url>', 'address of Ollama, instead of the one that the study measured')
const jsonOption = () => new Option('--json', 'print one JSON document (described by "attune schema")')

program
  .command('tune')
  .description('measure, find the best settings, say what was found')
  .argument('<model>', 'a tag, "practice", or the path of a GGUF file')
  .addOption(new Option('--goal <goal>', 'what best means').choices(goalKindSchema.options).default('chat'))
  .option('--context <tokens>', 'how long conversations get, in tokens', wholeNumber, 4096)
  .addOption(new Option('--budget <budget>', 'time to spend').choices(budgetKindSchema.options).default('standard'))
  .addOption(
    new Option('--sampler <sampler>', 'search method')
      .choices(studyRequestSchema.shape.sampler.unwrap().options)
      .default('bayes'),
  )
  .option('--seed <number>', 'repeat an earlier study’s random choices', wholeNumber)
  .option('--save [name]', 'register the result, if it is better, under this name')
  .option('--private-daemon', 'try settings of the whole server, in a second Ollama started for the study')
  .option('--quantised-kv', 'with it, smaller number formats of the context too: answers may differ slightly')
  .option('--no-reload', 'do not load again at the end what was loaded before')
  .option('--probe', 'look for two seconds at processor and memory before a first study')
  .option('--remote-cores <number>', 'if Ollama runs on another computer: its cores', wholeNumber)
  .option('--remote-ram-gb <number>', 'its memory', wholeNumber)
  .option('--remote-vram-gb <number>', 'its graphics memory, 0 for none', wholeNumber)
  .option('--pause-on-battery', 'wait while the computer runs on battery')
  .addOption(hostOption())
  .addOption(jsonOption())
  .action((model: string, options: TuneOptions & { host?: string }) =>
    run(options.host, (context) => tune(context, model, options)),
  )

program
  .command('models')
  .description('list the models on this computer')
  .addOption(hostOption())
  .action((options: { host?: string }) => run(options.host, listModels))

program
  .command('studies')
  .description('list past studies')
  .action(() => run(undefined, listStudies))

program
  .command('show')
  .description('show one study: its result, which settings matter, what there is to choose between')
  .argument('<id>', 'id, or the beginning of it')
  .option('--weight <name=number...>', `what counts for you, of ${objectiveNames.join(', ')}`)
  .option('--limit <name=number...>', `the most you accept, of ${limitNames.join(', ')}`)
  .addOption(jsonOption())
  .action((id: string, options: PreferenceOptions & { json?: true }) =>
    run(undefined, async (context) => {
      const question = readQuestion(options)
      const study = await resolveStudy(context, id)
      printStudy(context, study, options.json === true)
      if (options.json !== true) await printInsight(context, study, question)
    }),
  )

program
  .command('resume')
  .description('go on with a study that was cut off')
  .argument('<id>')
  .addOption(otherHostOption())
  .addOption(jsonOption())
  .action((id: string, options: { host?: string; json?: true }) =>
    runOn(id, options.host, (context, study) => resumeStudy(context, study, options)),
  )

program
  .command('rerun')
  .description('run a study once more, with the same request and the same random choices')
  .argument('<id>')
  .option('--save [name]', 'register the result, if it is better, under this name')
  .addOption(otherHostOption())
  .addOption(jsonOption())
  .action((id: string, options: { host?: string; json?: true; save?: string | true }) =>
    runOn(id, options.host, (context, study) => rerunStudy(context, study, options)),
  )

program
  .command('export')
  .description('print the Modelfile of a study’s result, or write its report to a file')
  .argument('<id>')
  .option('--name <tag>', 'name of the tag it is for')
  .option('--report <file>', 'write the whole report instead: a page (.html) or a document for programs (.json)')
  .addOption(otherHostOption())
  .action((id: string, { host, name, report }: { host?: string; name?: string; report?: string }) =>
    runOn(id, host, (context, study) =>
      report === undefined ? exportModelfile(context, study, name) : exportReport(context, study, report),
    ),
  )

program
  .command('register')
  .description('save a study’s result as a new tag and measure that tag')
  .argument('<id>')
  .option('--name <tag>', 'name of the new tag')
  .addOption(otherHostOption())
  .action((id: string, options: { host?: string; name?: string }) =>
    runOn(id, options.host, (context, study) => registerTag(context, study, options.name)),
  )

program
  .command('undo')
  .description('remove the tag that a study registered')
  .argument('<id>')
  .option('--name <tag>', 'which tag, if there are several')
  .addOption(otherHostOption())
  .action((id: string, options: { host?: string; name?: string }) =>
    runOn(id, options.host, (context, study) => undoTag(context, study, options.name)),
  )

program
  .command('doctor')
  .description('show the computer, the daemons, and what would stop a study')
  .addOption(hostOption())
  .action((options: { host?: string }) => run(options.host, doctor))

program
  .command('schema')
  .description('print the JSON Schema of what --json prints')
  .action(() => void terminal.out.write(`${JSON.stringify(z.toJSONSchema(tuneDocumentSchema), null, 2)}\n`))

await program.parseAsync()
