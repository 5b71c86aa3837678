import { AttuneError } from '../../../preload/contract/errors.ts'
import type { LocalModel } from '../../../preload/contract/model.ts'
import { printLine, type Context } from './context.ts'
import { table } from './terminal.ts'

export async function listModels(context: Context): Promise<void> {
  const { models, problems } = await context.api['model.list']({})
  for (const problem of problems) context.terminal.err.write(`${problem.message} ${problem.hint}\n`)
  const words = context.text.words.models
  const rows = models.map((model) => [
    model.ref.name,
    model.needsPreparation ? words.writtenOnFirstUse : context.text.memory(model.sizeBytes / 2 ** 20),
    model.quantization,
    model.ref.daemon === 'ollama' ? 'Ollama' : words.builtIn,
    model.fit === null ? '' : words.fits[model.fit],
  ])
  printLine(context, table([words.columns, ...rows]))
}

/** Finds a model by tag, by the name `practice` (written on first use), or by the path of a GGUF file. */
export async function resolveModel(context: Context, name: string): Promise<LocalModel> {
  if (name.toLowerCase().endsWith('.gguf')) return context.api['model.openFile']({ path: name })
  const { models, problems } = await context.api['model.list']({})
  const wanted = name.includes(':') ? name : `${name}:latest`
  const found = models.find((model) => model.ref.name === name || model.ref.name === wanted)
  if (found?.needsPreparation) {
    context.terminal.err.write(`${context.text.words.models.writingPractice}\n`)
    return context.api['model.preparePractice']({})
  }
  if (found) return found
  throw new AttuneError({
    code: 'modelNotFound',
    message: `There is no model called ${name}${problems[0] ? ` (${problems[0].message})` : ''}.`,
    hint: 'List what there is with "npm run attune -- models".',
  })
}
