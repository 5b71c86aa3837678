import { describe, expect, it, onTestFinished } from 'vitest'
import { createDaemonClient } from '../../../main/ollama/client.ts'
import { findDaemon, type LocateOptions } from '../../../main/ollama/locate.ts'
import { translatedMessage } from '../../../main/words/translated.ts'
import { AttuneError } from '../../../preload/contract/errors.ts'
import { startScriptedDaemon } from '../../daemon/scripted-daemon.ts'
import type { Fault } from '../../daemon/scripted-faults.ts'

const signInPage: Fault = {
  kind: 'answer',
  body: '<!doctype html><title>Sign in</title><form method="post">',
  contentType: 'text/html; charset=utf-8',
}

async function scriptedDaemon(version?: string) {
  const daemon = await startScriptedDaemon(version === undefined ? {} : { version })
  onTestFinished(() => daemon.close())
  const { url, fetch, clock } = daemon
  const client = createDaemonClient({ kind: 'ollama', url, fetch, clock })
  const locate: LocateOptions = {
    platform: 'linux',
    env: {},
    homeFolder: '/home/ada',
    exists: () => false,
    ownAddresses: [],
    configuredUrl: url,
  }
  return { daemon, client, locate }
}

async function reportOf(work: Promise<unknown>): Promise<{ code: string; message: string; hint: string }> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (error instanceof AttuneError) return error.report()
  throw new Error('it should have failed', { cause: error })
}

describe('something that stands before Ollama', () => {
  const faults: [string, Fault, code: string, message: RegExp, hint: RegExp][] = [
    ['asks for a password', { kind: 'refuse', status: 401, error: '' }, 'daemonRefused', /sign-in/, /Ollama itself/],
    ['asks for one with a page', { ...signInPage, status: 401 }, 'daemonRefused', /sign-in/, /Ollama itself/],
    ['lets nobody through', { kind: 'refuse', status: 403, error: '' }, 'daemonRefused', /refuses/, /that it allows/],
    ['shows a page to sign in', signInPage, 'daemonUnexpectedAnswer', /web page/, /Ollama itself/],
    ['forbids with a page', { ...signInPage, status: 403 }, 'daemonUnexpectedAnswer', /web page/, /Ollama itself/],
    [
      'leads to another page',
      { kind: 'answer', status: 302, body: '' },
      'daemonUnexpectedAnswer',
      /web page/,
      /Ollama itself/,
    ],
    ['finds nothing behind it', { ...signInPage, status: 502 }, 'daemonUnreachable', /not answer/, /^Start/],
    ['finds nothing for now', { ...signInPage, status: 503 }, 'daemonUnreachable', /not answer/, /^Start/],
  ]
  it.each(faults)('%s: that is said, with the next step, in German as well', async (_what, fault, ...expected) => {
    const [code, message, hint] = expected
    const { daemon, client } = await scriptedDaemon()
    daemon.inject('version', fault)
    const report = await reportOf(client.version())
    expect(report).toMatchObject({
      code,
      message: expect.stringMatching(message) as string,
      hint: expect.stringMatching(hint) as string,
    })
    for (const text of [report.message, report.hint]) expect(translatedMessage(text, 'de')).not.toBe(text)
  })

  it('is told of where the daemons are listed', async () => {
    const { daemon, locate } = await scriptedDaemon()
    daemon.inject('version', signInPage)
    expect(await findDaemon(locate)).toMatchObject({
      state: 'unreachable',
      problem: { message: expect.stringContaining('web page') as string },
    })
  })
})

describe('the version', () => {
  it('too old for some of it: what is missing is said, and the daemon is used all the same', async () => {
    const { locate, client } = await scriptedDaemon('0.9.6')
    const { state, version, problem } = await findDaemon(locate)
    expect({ state, version }).toEqual({ state: 'running', version: '0.9.6' })
    expect(problem?.message).toMatch(/how much context.*flash attention.*tokens it reads at once/)
    expect(problem?.hint).toMatch(/^Update/)
    expect(await client.listModels()).toHaveLength(1)
  })

  it.each(['0.10.0', '0.32.15', '0.99.3', '7.0.0-rc1'])('%s is no problem', async (version) => {
    const { locate } = await scriptedDaemon(version)
    expect(await findDaemon(locate)).toMatchObject({ state: 'running', version, problem: null })
  })
})

describe('what happens in the daemon', () => {
  it('a full queue is said to be one, with whom to wait for', async () => {
    const { daemon, client } = await scriptedDaemon()
    daemon.inject('load', { kind: 'refuse', status: 503, error: 'server busy, please try again.' })
    const report = await reportOf(client.load('base', {}, 600))
    expect(report).toMatchObject({ code: 'daemonBusy', hint: expect.stringContaining('other programs') as string })
  })

  it('too little memory for a load is said, with what helps', async () => {
    const { daemon, client } = await scriptedDaemon()
    daemon.inject('load', { kind: 'outOfMemory' })
    const report = await reportOf(client.load('base', {}, 600))
    expect(report).toMatchObject({ code: 'outOfMemory', hint: expect.stringMatching(/shorter context/) as string })
  })

  it('a full disk is said, with what helps', async () => {
    const { daemon, client } = await scriptedDaemon()
    daemon.inject('create', { kind: 'refuse', status: 500, error: 'no space left on device' })
    const report = await reportOf(client.createModel({ name: 'new', from: 'base', parameters: {} }))
    expect(report).toMatchObject({ code: 'diskFull', hint: expect.stringMatching(/^Make room/) as string })
  })

  it('being killed is said, with the next step', async () => {
    const { daemon, client } = await scriptedDaemon()
    await daemon.kill()
    const report = await reportOf(client.version())
    expect(report).toMatchObject({ code: 'daemonUnreachable', hint: 'Start Ollama and try again.' })
  })
})
