import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AttuneError } from '../../../preload/contract/errors.ts'
import type { Study } from '../../../preload/contract/study.ts'
import { parametersOf, parseModelfile } from '../../../main/ollama/modelfile.ts'
import { startScriptedDaemon, type ScriptedDaemon } from '../../daemon/scripted-daemon.ts'
import { quickChat } from './laboratory.ts'
import { hasEnded, openBench, temporaryFolder, type Bench } from './service-bench.ts'

const sabotaged = { name: 'base', parameters: { num_thread: 16, stop: ['<end>'], temperature: 0.3 } }

let scripted: ScriptedDaemon
let folder: Awaited<ReturnType<typeof temporaryFolder>>
let bench: Bench
let study: Study

beforeEach(async () => {
  scripted = await startScriptedDaemon({ models: [sabotaged] })
  folder = await temporaryFolder()
  bench = await openBench(scripted, folder.path)
  const ended = bench.until(hasEnded)
  const { id } = await bench.service.start(quickChat('base:latest'))
  await ended
  study = (await bench.service.get(id)).study
  if (study.report?.verdict.kind !== 'improved') throw new Error('the study should have repaired the tag')
})

afterEach(async () => {
  await bench.service.close()
  await scripted.close()
  await folder[Symbol.asyncDispose]()
})

const best = () => study.report!.best.configuration

describe('a preview', () => {
  it('builds from the tag itself and holds only what changes', async () => {
    const { modelfile, nameProblem } = await bench.service.preview({
      id: study.id,
      name: 'base-attuned',
      configuration: best(),
    })
    const entries = parseModelfile(modelfile)
    expect(entries.filter(({ kind }) => kind === 'text')).toEqual([
      { kind: 'text', instruction: 'FROM', text: 'base:latest' },
    ])
    const { num_thread, num_ctx, ...others } = parametersOf(entries)
    expect(num_thread).toBe(best().num_thread)
    expect(num_ctx).toBe(4096)
    expect(Object.keys(others).every((name) => name === 'num_batch')).toBe(true)
    expect(modelfile).toContain(study.id)
    expect(nameProblem).toBeNull()
  })

  it('says why a name cannot be had', async () => {
    const preview = (name: string) => bench.service.preview({ id: study.id, name, configuration: best() })
    expect((await preview('base')).nameProblem?.code).toBe('nameTaken')
    expect((await preview('not a name')).nameProblem?.code).toBe('nameInvalid')
  })
})

describe('registering', () => {
  it('creates the tag, measures it with no options sent, and keeps the promise', async () => {
    const { name } = await bench.service.suggestName(study.id)
    expect(name).toBe('base-attuned')
    const requestsBefore = scripted.requests.length
    const certificate = await bench.service.register({ id: study.id, name, configuration: best() })
    expect(certificate).toMatchObject({ tag: 'base-attuned:latest', promiseKept: true, undoneAt: null })
    expect(certificate.measured?.decodeTokensPerSecond.mean).toBeCloseTo(
      study.report?.best.decodeTokensPerSecond.mean ?? 0,
      3,
    )
    const made = scripted.requests.slice(requestsBefore)
    const ofTag = made.filter(({ body, operation }) => body['model'] === 'base-attuned:latest' && operation === 'load')
    expect(ofTag).toHaveLength(2)
    for (const { body } of ofTag) expect(body['options'] ?? {}).toEqual({})
    expect(scripted.tagNames()).toContain('base-attuned:latest')
    expect(scripted.loadedNames()).toEqual([])
    expect((await bench.service.get(study.id)).study.certificates).toEqual([certificate])
    expect((await bench.service.suggestName(study.id)).name).toBe('base-attuned-2')
    const shares = bench.events.flatMap((event) => (event.type === 'register.progress' ? [event.share] : []))
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
  })

  it('says so when the tag is slower than promised', async () => {
    scripted.inject('generate', { kind: 'slow', factor: 2 }, { times: Infinity })
    const certificate = await bench.service.register({ id: study.id, name: 'slow', configuration: best() })
    expect(certificate.promiseKept).toBe(false)
  })

  it('leaves no tag behind that could not be undone, as its certificate was not saved', async () => {
    const full = new AttuneError({ code: 'storeUnwritable', message: 'The disk is full.', hint: 'Make room on it.' })
    const spoilt = await openBench(scripted, folder.path, (store) => ({ ...store, save: () => Promise.reject(full) }))
    const wish = { id: study.id, name: 'orphan', configuration: best() }
    await expect(spoilt.service.register(wish)).rejects.toMatchObject({ code: 'storeUnwritable' })
    expect(scripted.tagNames()).toEqual(['base:latest'])
  })

  it('says so when the disk is full, leaves nothing behind, and works once there is room', async () => {
    const wish = { id: study.id, name: 'roomy', configuration: best() }
    const error = 'write /root/.ollama/models/blobs/sha256-partial: no space left on device'
    scripted.inject('create', { kind: 'crash', afterTokens: 0, error })
    await expect(bench.service.register(wish)).rejects.toMatchObject({
      code: 'diskFull',
      hint: expect.stringContaining('Make room') as string,
    })
    expect(scripted.tagNames()).toEqual(['base:latest'])
    expect((await bench.service.get(study.id)).study.certificates).toEqual([])
    expect(await bench.service.register(wish)).toMatchObject({ tag: 'roomy:latest', promiseKept: true })
  })

  it('never overwrites a model', async () => {
    const wish = { id: study.id, name: 'base', configuration: best() }
    await expect(bench.service.register(wish)).rejects.toMatchObject({ code: 'nameTaken' })
    expect((await bench.service.get(study.id)).study.certificates).toEqual([])
  })

  it('refuses settings that nobody measured', async () => {
    const configuration = { ...best(), num_thread: 13 }
    await expect(bench.service.register({ id: study.id, name: 'x', configuration })).rejects.toMatchObject({
      code: 'invalidInput',
    })
    expect(scripted.tagNames()).toEqual(['base:latest'])
  })

  it('leaves a certificate to undo by even if the tag cannot be measured', async () => {
    scripted.inject('generate', { kind: 'crash', afterTokens: 0 }, { times: Infinity })
    const certificate = await bench.service.register({ id: study.id, name: 'crashing', configuration: best() })
    expect(certificate).toMatchObject({ measured: null, promiseKept: null })
    await bench.service.undo(study.id, 'crashing')
    expect(scripted.tagNames()).toEqual(['base:latest'])
  })
})

describe('undoing', () => {
  it('removes exactly the tag that was registered', async () => {
    await bench.service.register({ id: study.id, name: 'one', configuration: best() })
    await bench.service.register({ id: study.id, name: 'two', configuration: best() })
    const undone = await bench.service.undo(study.id, 'one')
    expect(undone.undoneAt).not.toBeNull()
    expect(scripted.tagNames().toSorted()).toEqual(['base:latest', 'two:latest'])
    await expect(bench.service.undo(study.id, 'one')).rejects.toMatchObject({ code: 'conflict' })
    await expect(bench.service.undo(study.id, 'base')).rejects.toMatchObject({ code: 'notFound' })
    expect(scripted.tagNames()).toContain('base:latest')
  })

  it('takes note of a tag that someone else removed', async () => {
    await bench.service.register({ id: study.id, name: 'one', configuration: best() })
    scripted.removeModel('one:latest')
    expect((await bench.service.undo(study.id, 'one')).undoneAt).not.toBeNull()
  })

  it('leaves a tag alone that someone has made anew under the same name', async () => {
    await bench.service.register({ id: study.id, name: 'one', configuration: best() })
    scripted.removeModel('one:latest')
    scripted.addModel({ name: 'one', parameters: { num_thread: 1 } })
    await expect(bench.service.undo(study.id, 'one')).rejects.toMatchObject({ code: 'conflict' })
    expect(scripted.tagNames()).toContain('one:latest')
  })
})

describe('where another Ollama is in use by now', () => {
  it('saves and undoes at the one that the study measured', async () => {
    await bench.service.close()
    await using other = await startScriptedDaemon({ models: [sabotaged] })
    bench = await openBench(other, folder.path, undefined, [scripted])
    expect(await bench.service.suggestName(study.id)).toEqual({ name: 'base-attuned' })
    await bench.service.register({ id: study.id, name: 'base-attuned', configuration: best() })
    expect(scripted.tagNames()).toContain('base-attuned:latest')
    await bench.service.undo(study.id, 'base-attuned')
    expect(scripted.tagNames()).toEqual(['base:latest'])
    expect(other.tagNames()).toEqual(['base:latest'])
  })
})

describe('the command line', () => {
  it('undoes at the Ollama that the study measured, whatever the present one is', async () => {
    await bench.service.register({ id: study.id, name: 'base-attuned', configuration: best() })
    await bench.service.close()
    await promisify(execFile)(process.execPath, ['main/shells/cli/main.ts', 'undo', study.id], {
      env: { ...process.env, ATTUNE_HOME: folder.path, OLLAMA_HOST: 'http://127.0.0.1:9' },
    })
    expect(scripted.tagNames()).toEqual(['base:latest'])
  })
})
