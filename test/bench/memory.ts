/**
 * Whether the memory that Attune predicts is what llama.cpp allocates: files of zero weights in the widths of published
 * models are loaded as the built-in engine loads them, on the processor, over a grid of context, batch, flash attention
 * and cache type, and the buffers that llama.cpp reports are compared with the prediction.
 *
 *     npm run bench:memory [-- --shapes llama-2-7b,mixtral --fixture buffers.json]
 *     npm run bench:memory -- --recorded test/fixtures/models/measured-buffers.json
 *     npm run bench:memory -- --layers
 *
 * `--fixture` writes what llama.cpp reported, and `--recorded` compares with that instead of loading anything. Beside it
 * stands gguf-parser-go where Go and its module are there. `--layers` loads nothing: how many layers are put on the GPU,
 * against the common rule of thumb.
 *
 * The exit code is 1 if the median error of a prediction exceeds 3 % or the worst 8 %.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startLlama } from '../../main/engine/runner/llama.ts'
import { denseShapes } from './memory/dense-shapes.ts'
import { printLayers } from './memory/layers.ts'
import { measureLoads, type Load } from './memory/loads.ts'
import { createPeer } from './memory/peer.ts'
import { factsOfFile } from './memory/predictions.ts'
import { readRecording } from './memory/recorded.ts'
import { recurrentShapes } from './memory/recurrent-shapes.ts'
import { reportErrors, type MeasuredShape } from './memory/report.ts'
import { sparseShapes } from './memory/sparse-shapes.ts'
import { plainTokenizer, writeSparseGguf } from './memory/sparse-gguf.ts'
import { unseenShapes } from './memory/unseen-shapes.ts'

const { values } = parseArgs({
  options: {
    shapes: { type: 'string' },
    fixture: { type: 'string' },
    recorded: { type: 'string' },
    layers: { type: 'boolean', default: false },
  },
})

if (values.layers) printLayers()
else process.exitCode = (await compare()) ? 0 : 1

async function compare(): Promise<boolean> {
  const names = values.shapes?.split(',')
  const shapes = [...denseShapes, ...sparseShapes, ...recurrentShapes, ...unseenShapes].filter(
    ({ name }) => names?.includes(name) ?? true,
  )
  const folder = await mkdtemp(join(tmpdir(), 'attune-bench-'))
  try {
    const peer = await createPeer(folder)
    const loadsOf = values.recorded ? recordedLoads(values.recorded) : await llamaLoads()
    const measured: MeasuredShape[] = []
    for (const shape of shapes) {
      const path = join(folder, `${shape.name}.gguf`)
      await writeSparseGguf(path, { ...shape.metadata, ...plainTokenizer(shape.vocabulary) }, shape.tensors)
      const loads = await loadsOf(shape.name, path)
      const peerBuffers = (await peer?.estimate(path, loads)) ?? null
      measured.push({ name: shape.name, kind: shape.kind, facts: await factsOfFile(path), loads, peerBuffers })
      await rm(path)
    }
    if (values.fixture) await writeFixture(values.fixture, measured)
    return reportErrors(measured)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** What llama.cpp allocates for the loads of a shape, by its name and the path of its file. */
type LoadsOf = (name: string, path: string) => Promise<Load[]>

async function llamaLoads(): Promise<LoadsOf> {
  const backend = await startLlama()
  return (_name, path) => measureLoads(backend, path)
}

function recordedLoads(fixture: string): LoadsOf {
  const byName = new Map(readRecording(fixture).map(({ name, loads }) => [name, loads]))
  return async (name) => {
    const loads = byName.get(name)
    if (loads) return loads
    throw new Error(`${fixture} holds nothing of ${name}`)
  }
}

/** One line a load: the fixture of the unit tests. */
async function writeFixture(path: string, measured: readonly MeasuredShape[]): Promise<void> {
  const shapes = measured.map(({ name, facts, loads }) => {
    const rows = loads.map((load) => `      ${JSON.stringify(load)}`).join(',\n')
    return `    {"name": "${name}", "facts": ${JSON.stringify(facts)}, "loads": [\n${rows}\n    ]}`
  })
  const source = 'llama.cpp v0.5.0 through node-llama-cpp, CPU: buffer sizes in its log (npm run bench:memory)'
  await writeFile(path, `{\n  "source": "${source}",\n  "shapes": [\n${shapes.join(',\n')}\n  ]\n}\n`)
}
