import { max, median } from 'simple-statistics'
import type { ModelFacts } from '../../../preload/contract/model.ts'
import { percent, print, printTable } from '../printing.ts'
import type { Buffers, Load } from './loads.ts'
import { buffersOf, calibratedErrors, predictCell, totalOf } from './predictions.ts'

export interface MeasuredShape {
  name: string
  kind: string
  facts: ModelFacts
  loads: Load[]
  /** What gguf-parser-go expects of the same loads. */
  peerBuffers: Buffers[] | null
}

const targets = { median: 0.03, worst: 0.08, calibrated: 0.02 }

type Part = keyof Buffers
const parts: readonly (readonly [string, Part])[] = [
  ['weights', 'weightsMiB'],
  ['cache', 'cacheMiB'],
  ['compute', 'computeMiB'],
]

/** Prints one line a shape and one line a part; true if the targets are met. */
export function reportErrors(measured: readonly MeasuredShape[]): boolean {
  const judged = measured.map((shape) => ({ ...shape, ...errorsOf(shape) }))
  print(
    'Error of the predicted memory, median / worst, over a grid of context, batch, flash attention and cache type.\n',
  )
  printTable(
    judged.map(({ name, kind, loads, total, after, peer }) => ({
      model: name,
      kind,
      loads: String(loads.length),
      Attune: summary(total),
      calibrated: summary(after),
      'gguf-parser-go': peer ? summary(peer) : '',
    })),
  )
  print()
  printTable([
    ...parts.map(([name, part]) => ({
      part: name,
      Attune: summary(judged.flatMap((shape) => partErrors(shape, shape.own, part))),
      'gguf-parser-go': summary(judged.flatMap((shape) => partErrors(shape, shape.peerBuffers ?? [], part))),
    })),
    {
      part: 'total, flash attention on',
      Attune: summary(judged.flatMap((shape) => flashErrors(shape, shape.total))),
      'gguf-parser-go': summary(judged.flatMap((shape) => flashErrors(shape, shape.peer ?? []))),
    },
    {
      part: 'total',
      Attune: summary(judged.flatMap(({ total }) => total)),
      'gguf-parser-go': summary(judged.flatMap(({ peer }) => peer ?? [])),
    },
  ])
  return isOnTarget(
    judged.flatMap(({ total }) => total),
    judged.flatMap(({ after }) => after),
  )
}

function errorsOf({ facts, loads, peerBuffers }: MeasuredShape) {
  const own = loads.map((load) => buffersOf(predictCell(facts, load)))
  const totals = (predicted: readonly Buffers[]) => loads.map((load, index) => errorOf(predicted[index], load, totalOf))
  return {
    own,
    total: totals(own),
    after: calibratedErrors(facts, loads),
    peer: peerBuffers && totals(peerBuffers),
  }
}

function partErrors({ loads }: MeasuredShape, predicted: readonly Buffers[], part: Part): number[] {
  return loads.flatMap((load, index) =>
    predicted[index] === undefined || load[part] === 0 ? [] : [errorOf(predicted[index], load, (of) => of[part])],
  )
}

/** The peer tells nothing apart on the processor by flash attention, so that it is shown by itself with it as well. */
function flashErrors({ loads }: MeasuredShape, errors: readonly number[]): number[] {
  return errors.filter((_, index) => loads[index]?.hasFlashAttention === true)
}

function errorOf(predicted: Buffers | undefined, load: Load, of: (buffers: Buffers) => number): number {
  return predicted === undefined ? Number.NaN : of(predicted) / of(load) - 1
}

function summary(errors: readonly number[]): string {
  if (errors.length === 0) return ''
  const sizes = errors.map(Math.abs)
  return `${percent(median(sizes), 2)} / ${percent(max(sizes), 1)}`
}

function isOnTarget(total: readonly number[], after: readonly number[]): boolean {
  const sizes = total.map(Math.abs)
  const sizesAfter = after.map(Math.abs)
  const within = sizesAfter.filter((size) => size <= targets.calibrated).length / sizesAfter.length
  print(`\ntargets: median ≤ ${percent(targets.median)}, worst ≤ ${percent(targets.worst)}`)
  print(
    `after calibration on one load of the same context: median ${percent(median(sizesAfter), 2)}, worst ` +
      `${percent(max(sizesAfter), 1)}, ${percent(within, 1)} of loads within ${percent(targets.calibrated)}`,
  )
  return median(sizes) <= targets.median && max(sizes) <= targets.worst
}
