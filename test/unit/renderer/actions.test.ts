import { describe, expect, it } from 'vitest'
import type { AttuneEvent } from '../../../preload/contract/events.ts'
import type { Api } from '../../../preload/contract/routes.ts'
import type { ConnectionStatus, Transport } from '../../../renderer/connection/api.ts'
import { RequestError } from '../../../renderer/connection/request-error.ts'
import { createActions } from '../../../renderer/state/actions.ts'
import { parseLocation } from '../../../renderer/state/location.ts'
import { valueOf } from '../../../renderer/state/remote.ts'
import { createAttuneStore } from '../../../renderer/state/store.ts'
import { model, study } from './support/fixtures.ts'

const unknownError = { code: 'internal', message: 'Something broke.', hint: 'Reload.' } as const

/** A window over an api of the test's own; requests it does not name are answered with nothing. */
function openWindow(hash: string, answers: Partial<Api>) {
  const asked: string[] = []
  const api = new Proxy({} as Api, {
    get: (_, route: string) => async (input: never) => {
      asked.push(route)
      const answer = answers[route as keyof Api] as ((input: never) => Promise<unknown>) | undefined
      return answer ? answer(input) : {}
    },
  })
  let emit: (event: AttuneEvent) => void = () => undefined
  let setStatus: (status: ConnectionStatus) => void = () => undefined
  const transport: Transport = {
    request: async () => ({ ok: true, data: {} }),
    subscribe: (listener) => {
      emit = listener
      return () => undefined
    },
    watchStatus: (listener) => {
      setStatus = listener
      return () => undefined
    },
    reconnect: async () => true,
  }
  const address = { hash, written: [] as string[], follow: () => undefined as void }
  const addressBar = {
    read: () => address.hash,
    write: (written: string) => {
      address.hash = written
      address.written.push(written)
    },
    watch: (listener: () => void) => {
      address.follow = listener
    },
  }
  const store = createAttuneStore(parseLocation(hash))
  const actions = createActions({ api, transport, store, addressBar, now: () => 5_000, unknownError })
  actions.begin()
  const connect = async () => {
    setStatus('online')
    await settle()
  }
  return { actions, store, asked, address, connect, setStatus, emit: (event: AttuneEvent) => emit(event) }
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 0))

describe('a window that connects', () => {
  it('shows the study that is under way', async () => {
    const { store, address, connect } = openWindow('#/', {
      'study.current': async () => ({ id: 'study-0001' }),
      'study.get': async () => ({ study: study(), progress: null }),
    })
    await connect()
    expect(store.getState().location).toEqual({ page: 'study', id: 'study-0001', step: null })
    expect(address.written).toEqual(['#/study/study-0001'])
    expect(valueOf(store.getState().openStudy)?.id).toBe('study-0001')
  })

  it('stays where it was opened otherwise', async () => {
    const { store, connect } = openWindow('#/library', { 'study.current': async () => ({ id: 'study-0001' }) })
    await connect()
    expect(store.getState().location).toEqual({ page: 'library' })
    expect(store.getState().activeStudyId).toBe('study-0001')
  })

  it('asks for everything again after the connection was lost', async () => {
    const { asked, connect, setStatus, store } = openWindow('#/study/study-0001', {
      'study.get': async () => ({ study: study(), progress: null }),
    })
    await connect()
    asked.length = 0
    setStatus('lost')
    expect(store.getState().lostAt).toBe(5_000)
    expect(asked).toEqual([])
    await connect()
    expect(asked).toEqual(expect.arrayContaining(['machine.profile', 'model.list', 'study.current', 'study.get']))
    expect(store.getState().connectionCount).toBe(2)
    expect(store.getState().lostAt).toBeNull()
  })

  it('turns a refusal into a state that can be shown', async () => {
    const report = { code: 'daemonUnreachable', message: 'No answer.', hint: 'Start it.' } as const
    const { store, connect } = openWindow('#/', {
      'model.list': () => Promise.reject(new RequestError(report)),
      'machine.profile': () => Promise.reject(new TypeError('x is undefined')),
    })
    await connect()
    expect(store.getState().models).toEqual({ kind: 'failed', error: report })
    expect(store.getState().machine).toEqual({ kind: 'failed', error: unknownError })
  })
})

describe('the way to a new study', () => {
  it('leads to the one under way while there is one', () => {
    const { actions, store, address, emit } = openWindow('#/library', {
      'study.get': async () => ({ study: study(), progress: null }),
    })
    emit({ type: 'study.changed', study: study() })
    actions.goTo({ page: 'new', step: 'model' })
    expect(store.getState().location).toEqual({ page: 'study', id: 'study-0001', step: null })
    expect(address.hash).toBe('#/study/study-0001')

    emit({ type: 'study.changed', study: study({ state: 'finished' }) })
    actions.goTo({ page: 'new', step: 'model' })
    expect(store.getState().location).toEqual({ page: 'new', step: 'model' })
  })
})

describe('opening a study', () => {
  it('drops an answer that comes after the window has moved on', async () => {
    let answer: (value: { study: ReturnType<typeof study>; progress: null }) => void = () => undefined
    const { actions, store } = openWindow('#/library', {
      'study.get': ({ id }) =>
        id === 'study-0001'
          ? new Promise((resolve) => (answer = resolve))
          : Promise.resolve({ study: study({ id: 'study-0002' }), progress: null }),
    })
    actions.goTo({ page: 'study', id: 'study-0001', step: null })
    actions.goTo({ page: 'study', id: 'study-0002', step: null })
    await settle()
    answer({ study: study(), progress: null })
    await settle()
    expect(valueOf(store.getState().openStudy)?.id).toBe('study-0002')
  })

  it('does not ask again when only the step changes', async () => {
    const { actions, asked, connect } = openWindow('#/study/study-0001', {
      'study.get': async () => ({ study: study(), progress: null }),
    })
    await connect()
    asked.length = 0
    actions.goTo({ page: 'study', id: 'study-0001', step: 'save' })
    expect(asked).toEqual([])
  })

  it('follows the Back button', async () => {
    const { address, store } = openWindow('#/library', {})
    address.hash = '#/settings'
    address.follow()
    expect(store.getState().location).toEqual({ page: 'settings' })
  })
})

describe('starting a study', () => {
  it('shows it and forgets the draft it came from', async () => {
    const { actions, store, address } = openWindow('#/plan', {
      'study.start': async () => ({ id: 'study-0007' }),
      'study.get': async () => ({ study: study({ id: 'study-0007' }), progress: null }),
    })
    actions.changeDraft({ isModelChosen: true, goal: 'memory' })
    await actions.startStudy({
      model: { daemon: 'ollama', name: 'mine' },
      goal: 'memory',
      contextLength: 4096,
      budget: 'quick',
    })
    expect(address.hash).toBe('#/study/study-0007')
    expect(store.getState().draft).toMatchObject({ isModelChosen: false, goal: 'chat' })
  })
})

describe('the practice model', () => {
  it('takes its own place in the list when it has been written', async () => {
    const practice = model('practice', { ref: { daemon: 'builtIn', name: 'practice' }, needsPreparation: true })
    const { actions, store, connect, emit } = openWindow('#/model', {
      'model.list': async () => ({ models: [practice, model('mine')], problems: [] }),
      'model.preparePractice': async () => {
        emit({ type: 'practice.progress', share: 0.5 })
        expect(store.getState().practiceShare).toBe(0.5)
        return { ...practice, needsPreparation: false }
      },
    })
    await connect()
    await actions.preparePractice()
    const names = valueOf(store.getState().models)?.models.map(({ ref, needsPreparation }) => [
      ref.name,
      needsPreparation,
    ])
    expect(names).toEqual([
      ['practice', false],
      ['mine', false],
    ])
    expect(store.getState().practiceShare).toBeNull()
  })

  it('leaves no progress behind when it fails', async () => {
    const { actions, store } = openWindow('#/model', {
      'model.preparePractice': () => Promise.reject(new RequestError(unknownError)),
    })
    await expect(actions.preparePractice()).rejects.toThrow(unknownError.message)
    expect(store.getState().practiceShare).toBeNull()
  })
})

describe('a file opened from disk', () => {
  it('is listed and selected', async () => {
    const opened = model('file', { ref: { daemon: 'builtIn', name: 'file' } })
    const { actions, store, connect } = openWindow('#/model', {
      'model.list': async () => ({ models: [model('mine')], problems: [] }),
      'model.openFile': async () => opened,
    })
    await connect()
    await actions.openModelFile('/models/file.gguf')
    expect(valueOf(store.getState().models)?.models.map(({ ref }) => ref.name)).toEqual(['mine', 'file'])
    expect(store.getState().draft.model).toEqual(opened.ref)
  })
})

describe('a file dropped on the window', () => {
  it('is selected where models are chosen', async () => {
    const opened = model('file', { ref: { daemon: 'builtIn', name: 'file' } })
    const { actions, store } = openWindow('#/library', { 'model.openFile': async () => opened })
    await actions.openDroppedFile('/downloads/file.gguf')
    expect(store.getState()).toMatchObject({
      location: { page: 'new', step: 'model' },
      draft: { model: opened.ref },
      dropError: null,
    })
  })

  it('says there why it is no model, until one is opened', async () => {
    const report = { code: 'fileInvalid', message: 'This is no model.', hint: 'Choose another.' } as const
    let isModel = false
    const { actions, store } = openWindow('#/library', {
      'model.openFile': async () => {
        if (isModel) return model('file')
        throw new RequestError(report)
      },
    })
    await actions.openDroppedFile('/downloads/photo.jpg')
    expect(store.getState()).toMatchObject({ location: { page: 'new', step: 'model' }, dropError: report })
    isModel = true
    await actions.openModelFile('/models/file.gguf')
    expect(store.getState().dropError).toBeNull()
  })
})

describe('a pick on the result', () => {
  it('belongs to one study and is forgotten with another', () => {
    const { actions, store } = openWindow('#/', {})
    actions.changePick('study-0001', { goal: 'memory' })
    actions.changePick('study-0002', { goal: 'chat' })
    expect(store.getState().pick).toEqual({ studyId: 'study-0002', goal: 'chat', configuration: null })
  })
})

describe('light or dark', () => {
  const light = { schemaVersion: 1, colorScheme: 'light', language: 'en', ollamaUrl: null } as const
  const dark = { ...light, colorScheme: 'dark' } as const

  it('shows at once, before main has kept it', async () => {
    const { actions, store, connect } = openWindow('#/settings', {
      'settings.get': async () => light,
      'settings.set': async () => dark,
    })
    await connect()
    const kept = actions.changeSettings({ colorScheme: 'dark' })
    expect(valueOf(store.getState().settings)).toEqual(dark)
    await kept
    expect(valueOf(store.getState().settings)).toEqual(dark)
  })

  it('goes back where main cannot keep it', async () => {
    const { actions, store, connect } = openWindow('#/settings', {
      'settings.get': async () => light,
      'settings.set': () => Promise.reject(new RequestError(unknownError)),
    })
    await connect()
    await expect(actions.changeSettings({ colorScheme: 'dark' })).rejects.toThrow(unknownError.message)
    expect(valueOf(store.getState().settings)).toEqual(light)
  })
})
