import { describe, expect, it } from 'vitest'
import { AttuneError } from '../../preload/contract/errors.ts'
import { routeNames, routes, type Handlers } from '../../preload/contract/routes.ts'
import { createRouter } from '../../main/router.ts'
import { createClient } from '../../main/shells/client.ts'

const settings = {
  schemaVersion: 1 as const,
  colorScheme: 'auto' as const,
  language: 'system' as const,
  ollamaUrl: null,
}

function routerWith(handlers: Partial<Handlers>, bugs: unknown[] = []) {
  return createRouter(handlers as Handlers, (_route, error) => bugs.push(error))
}

describe('the router', () => {
  it('hands the parsed input to the handler and wraps its answer', async () => {
    const router = routerWith({ 'settings.set': async (change) => ({ ...settings, ...change }) as typeof settings })
    expect(await router.handle('settings.set', { colorScheme: 'dark' })).toEqual({
      ok: true,
      data: { ...settings, colorScheme: 'dark' },
    })
  })

  it('fills in defaults before the handler sees the input', async () => {
    let sampler: unknown
    const router = routerWith({
      'study.start': async (request) => {
        sampler = request.sampler
        return { id: 'x' }
      },
    })
    await router.handle('study.start', {
      model: { daemon: 'ollama', name: 'a' },
      goal: 'chat',
      contextLength: 4096,
      budget: 'quick',
    })
    expect(sampler).toBe('bayes')
  })

  it.each([
    ['an unknown route', 'study.destroy', {}],
    ['a route named like an object’s own members', 'constructor', {}],
    ['a route that is no text', 7, {}],
  ])('refuses %s as not found', async (_name, route, input) => {
    expect(await routerWith({}).handle(route, input)).toMatchObject({ ok: false, error: { code: 'notFound' } })
  })

  it.each([
    ['a missing value', 'study.get', {}],
    ['an id that is a path', 'study.get', { id: '../../etc/passwd' }],
    ['a value that the contract does not know', 'daemon.start', { force: true }],
    ['nothing at all', 'plan.create', undefined],
    ['a link that is not in the list', 'app.openLink', { link: 'https://example.org' }],
  ])('refuses %s before any handler runs, and says what is wrong', async (_name, route, input) => {
    const envelope = await routerWith({}).handle(route, input)
    expect(envelope).toMatchObject({ ok: false, error: { code: 'invalidInput' } })
    expect(envelope.ok ? '' : envelope.error.message).toContain(route)
  })

  it('passes on what an AttuneError says', async () => {
    const report = { code: 'nameTaken' as const, message: 'The tag x exists.', hint: 'Choose another name.' }
    const router = routerWith({ 'study.list': () => Promise.reject(new AttuneError(report)) })
    expect(await router.handle('study.list', {})).toEqual({ ok: false, error: report })
  })

  it('keeps the inside of other errors to itself and reports them', async () => {
    const bugs: unknown[] = []
    const bug = new TypeError('secret path /home/someone')
    const router = routerWith({ 'study.list': () => Promise.reject(bug) }, bugs)
    const envelope = await router.handle('study.list', {})
    expect(envelope).toMatchObject({ ok: false, error: { code: 'internal' } })
    expect(JSON.stringify(envelope)).not.toContain('secret')
    expect(bugs).toEqual([bug])
  })
})

describe('the typed client', () => {
  it('offers every route of the contract and turns refusals back into errors', async () => {
    const api = createClient(routerWith({ 'settings.get': async () => settings }))
    expect(Object.keys(api)).toEqual(routeNames)
    expect(await api['settings.get']({})).toEqual(settings)
    await expect(api['study.get']({ id: 'no' })).rejects.toMatchObject({ code: 'invalidInput' })
  })
})

describe('the contract', () => {
  it('refuses inputs that are not objects on every route', () => {
    for (const name of routeNames) {
      for (const input of [null, 'text', 3, []]) expect(routes[name].input.safeParse(input).success).toBe(false)
    }
  })
})
