import { AttuneError } from '../../../preload/contract/errors.ts'
import type { LocalModel } from '../../../preload/contract/model.ts'
import { printLine, type Context } from './context.ts'
import { gibibytes } from './format.ts'
import { table } from './terminal.ts'

const fitWords: Record<NonNullable<LocalModel['fit']>, string> = {
  full: 'fits in graphics memory',
  partial: 'partly in graphics memory',
  cpu: 'on the processor',
  tooBig: 'too big for this computer',
}

export async function listModels(context: Context): Promise<void> {
  const { models, problems } = await context.api['model.list']({})
  for (const problem of problems) context.terminal.err.write(`${problem.message} ${problem.hint}\n`)
  const rows = models.map((model) => [
    model.ref.name,
    model.needsPreparation ? 'written on first use' : gibibytes(model.sizeBytes / 2 ** 20),
    model.quantization,
    model.ref.daemon === 'ollama' ? 'Ollama' : 'built-in engine',
    model.fit === null ? '' : fitWords[model.fit],
  ])
  printLine(context, table([['model', 'size', 'quantisation', 'where', 'fit'], ...rows]))
}

/** Finds a model by tag, by the name `practice` (written on first use), or by the path of a GGUF file. */
export async function resolveModel(context: Context, name: string): Promise<LocalModel> {
  if (name.toLowerCase().endsWith('.gguf')) return context.api['model.openFile']({ path: name })
  const { models, problems } = await context.api['model.list']({})
  const wanted = name.includes(':') ? name : `${name}:latest`
  const found = models.find((model) => model.ref.name === name || model.ref.name === wanted)
  if (found?.needsPreparation) {
    context.terminal.err.write('Writing the practice model …\n')
    return context.api['model.preparePractice']({})
  }
  if (found) return found
  throw new AttuneError({
    code: 'modelNotFound',
    message: `There is no model called ${name}${problems[0] ? ` (${problems[0].message})` : ''}.`,
    hint: 'List what there is with "npm run attune -- models".',
  })
}
