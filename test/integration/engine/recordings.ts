import { readFileSync } from 'node:fs'
import type { Json } from './engine-fixture.ts'

interface Recording {
  request: { method: string; path: string; body: unknown }
  response: { status: number; body?: string; lines?: { line: string }[] }
}

/** An exchange recorded from Ollama 0.32.15. */
export function recording(name: string): Recording {
  const url = new URL(`../../recordings/0.32.15/${name}.json`, import.meta.url)
  return JSON.parse(readFileSync(url, 'utf8')) as Recording
}

export function recordedBody(name: string): Json {
  return JSON.parse(recording(name).response.body ?? '{}') as Json
}

export function recordedLines(name: string): Json[] {
  return (recording(name).response.lines ?? []).map(({ line }) => JSON.parse(line) as Json)
}

/** The keys of an object and of the objects in it, so that shapes can be compared without their values. */
export function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.length > 0 && typeof value[0] === 'object' ? [shape(value[0])] : 'array'
  if (typeof value !== 'object' || value === null) return typeof value
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, shape(entry)]))
}
