/**
 * A program that stands in for `ollama`: `serve` is a scripted daemon at the address of OLLAMA_HOST that obeys the
 * environment, with a process of its own beside it as Ollama's runners are. Each start is a line of the file that
 * STAND_IN_LOG names.
 */
import { spawn } from 'node:child_process'
import { appendFileSync, chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { startScriptedDaemon } from './scripted-daemon.ts'
import { processorMachine, type ScriptedMachine } from './scripted-runner.ts'

const startSchema = z.object({
  pid: z.number(),
  runnerPid: z.number(),
  port: z.number(),
  environment: z.record(z.string(), z.string()),
})
/** One start of the stand-in, with what of Ollama's environment it was given. */
export type StandInStart = z.infer<typeof startSchema>

/** Writes a program called `ollama` into the folder, and tells its path. */
export function writeStandIn(folder: string): string {
  const path = join(folder, 'ollama')
  writeFileSync(path, `#!/bin/sh\nexec "${process.execPath}" "${fileURLToPath(import.meta.url)}" "$@"\n`)
  chmodSync(path, 0o755)
  return path
}

/** The starts that a log tells of. */
export function parseStarts(log: string): StandInStart[] {
  const lines = log.split('\n').filter((line) => line !== '')
  return lines.map((line) => startSchema.parse(JSON.parse(line)))
}

/**
 * Without flash attention it writes half as fast again; a quantised cache takes half the speed and 400 MiB; room for
 * each further conversation takes 300 MiB.
 */
export function machineIn(environment: Readonly<Record<string, string | undefined>>): ScriptedMachine {
  const machine = processorMachine()
  const isPlain = environment['OLLAMA_FLASH_ATTENTION'] === '0'
  const isQuantised = environment['OLLAMA_KV_CACHE_TYPE'] !== undefined
  const further = Math.max(1, Number(environment['OLLAMA_NUM_PARALLEL'] ?? 1)) - 1
  const factor = (isPlain ? 1.5 : 1) * (isQuantised ? 0.5 : 1)
  return {
    ...machine,
    performance(options, model) {
      const plain = machine.performance(options, model)
      return { ...plain, decodeTokensPerSecond: plain.decodeTokensPerSecond * factor }
    },
    memory(options, model) {
      const { ramMiB, vramMiB } = machine.memory(options, model)
      return { ramMiB: ramMiB - (isQuantised ? 400 : 0) + 300 * further, vramMiB }
    },
  }
}

if (import.meta.main) {
  const { env } = process
  if (env['STAND_IN_FAILS'] !== undefined) {
    process.stderr.write(`Error: ${env['STAND_IN_FAILS']}\n`)
    process.exit(1)
  }
  const runner = spawn('sleep', ['1000'], { stdio: 'ignore' })
  const port = Number(env['OLLAMA_HOST']?.split(':').at(-1))
  const environment = Object.fromEntries(Object.entries(env).filter(([name]) => name.startsWith('OLLAMA_')))
  const start = { pid: process.pid, runnerPid: runner.pid, port, environment }
  if (env['STAND_IN_LOG'] !== undefined) appendFileSync(env['STAND_IN_LOG'], `${JSON.stringify(start)}\n`)
  const version = env['STAND_IN_VERSION']
  await startScriptedDaemon({ port, machine: machineIn(env), ...(version === undefined ? {} : { version }) })
}
