import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tuneDocumentSchema } from '../../../preload/contract/tune-document.ts'

let home = ''
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'attune-cli-'))
})
afterAll(() => rm(home, { recursive: true, force: true }))

interface Run {
  exitCode: number | null
  out: string
  err: string
}

/** Runs the command line as a user does, in English whatever the computer's language is; `onErr` hears what it says meanwhile and may send signals. */
function attune(args: string[], onErr?: (said: string, interrupt: () => void) => void): Promise<Run> {
  const child = spawn(process.execPath, ['main/shells/cli/main.ts', '--language', 'en', ...args], {
    env: { ...process.env, ATTUNE_HOME: home, OLLAMA_HOST: 'http://127.0.0.1:9' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')))
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString('utf8')
    onErr?.(err, () => child.kill('SIGINT'))
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (exitCode) => resolve({ exitCode, out, err }))
  })
}

describe('the command line', () => {
  it.each([
    ['no command', []],
    ['an unknown command', ['dance']],
    ['a language that Attune does not speak', ['--language', 'tlh', 'models']],
    ['an unknown goal', ['tune', 'practice', '--goal', 'beauty']],
    ['a context that is no number', ['tune', 'practice', '--context', 'long']],
  ])('answers %s with usage and exit code 2', async (_name, args) => {
    const { exitCode, out, err } = await attune(args)
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' })
    expect(err).not.toBe('')
  })

  it('lists the practice model before it is written', async () => {
    const { exitCode, out } = await attune(['models'])
    expect(exitCode).toBe(0)
    expect(out).toMatch(/^practice:latest +written on first use/m)
  })

  it('names a model that is not there, and the next step, with exit code 1', async () => {
    const { exitCode, out, err } = await attune(['tune', 'no-such-model'])
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' })
    expect(err).toContain('no-such-model')
    expect(err).toContain('npm run attune -- models')
  })

  it('shows the computer and the daemons to those who ask the doctor', async () => {
    const { exitCode, out } = await attune(['doctor'])
    expect(exitCode).toBe(0)
    for (const line of ['processor', 'memory', 'Ollama', 'built-in engine']) expect(out).toContain(line)
  })

  it('speaks German where it is asked to', async () => {
    const doctor = await attune(['--language', 'de', 'doctor'])
    for (const line of ['Prozessor', 'Speicher', 'eingebaute Engine']) expect(doctor.out).toContain(line)
    const { err } = await attune(['--language', 'de', 'tune', 'no-such-model'])
    expect(err).toMatch(/^Ein Modell namens no-such-model gibt es nicht/)
    expect(err).toContain('Was es gibt, zeigt "npm run attune -- models".')
  })

  it('prints the JSON Schema of its documents', async () => {
    const { out } = await attune(['schema'])
    expect(JSON.parse(out)).toMatchObject({ type: 'object', required: expect.arrayContaining(['verdict', 'trials']) })
  })

  it('stops cleanly on Ctrl-C, prints one document and keeps the study', async () => {
    let interrupted = false
    const { exitCode, out } = await attune(
      ['tune', 'practice', '--goal', 'chat', '--budget', 'quick', '--json', '--seed', '7'],
      (said, interrupt) => {
        if (interrupted || !said.includes('trial 2 of')) return
        interrupted = true
        interrupt()
      },
    )
    expect(exitCode).toBe(130)
    const document = tuneDocumentSchema.parse(JSON.parse(out))
    expect(document).toMatchObject({ state: 'stopped', seed: 7, verdict: { kind: 'stopped' } })
    expect(document.trials.length).toBeGreaterThanOrEqual(1)
    expect(document.best).toEqual(document.baseline)

    const list = await attune(['studies'])
    expect(list.out).toContain(document.id)
    const shown = await attune(['show', document.id, '--json'])
    expect(JSON.parse(shown.out)).toEqual(document)
    let stopped = false
    const again = await attune(['rerun', document.id, '--json'], (said, interrupt) => {
      if (stopped || !said.includes('trial 1 of')) return
      stopped = true
      interrupt()
    })
    expect(tuneDocumentSchema.parse(JSON.parse(again.out))).toMatchObject({ seed: 7, goal: 'chat', budget: 'quick' })
    const saving = await attune(['register', document.id])
    expect(saving.exitCode).toBe(1)
    expect(saving.err).toContain('nothing to save')
  })
})
