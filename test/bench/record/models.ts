import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { EngineLibrary } from '../../../main/engine/library-client.ts'
import { practiceModelShape, writePracticeModel } from '../../../main/engine/practice/practice-model.ts'
import type { PracticeModelShape } from '../../../main/engine/practice/practice-model.ts'

/** Random weights in other shapes than the practice model's, to see what one model teaches about another. */
const shapes: Readonly<Record<string, PracticeModelShape>> = {
  /** A third of the depth, twice the width: 113 MB instead of 80. */
  wide: { ...practiceModelShape, layers: 4, embedding: 2048, feedForward: 5120, heads: 32, kvHeads: 8 },
}

export interface OpenedModel {
  /** As tables name it. */
  name: string
  /** Its tag in the engine. */
  tag: string
}

/**
 * Gives the engine a model: `practice`, a shape's name, or the path of a GGUF file. Models of random weights are
 * written into `folder` unless they are there.
 */
export async function openModel(library: EngineLibrary, folder: string, wanted: string): Promise<OpenedModel> {
  if (wanted === 'practice') return { name: wanted, tag: await library.writePractice(() => undefined) }
  const shape = shapes[wanted]
  if (!shape) return { name: basename(wanted, '.gguf'), tag: await library.openFile(wanted) }
  const path = join(folder, `${wanted}.gguf`)
  await mkdir(folder, { recursive: true })
  if (!existsSync(path)) await writePracticeModel(path, { shape })
  return { name: wanted, tag: await library.openFile(path) }
}
