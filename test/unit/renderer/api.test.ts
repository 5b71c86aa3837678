import { describe, expect, it } from 'vitest'
import type { Envelope } from '../../../preload/contract/routes.ts'
import { createApi, type Transport } from '../../../renderer/connection/api.ts'
import { RequestError, reportOf } from '../../../renderer/connection/request-error.ts'

const fallback = { code: 'internal', message: 'Something broke.', hint: 'Reload.' } as const

function answering(envelope: Envelope<unknown>) {
  const asked: unknown[] = []
  const transport: Transport = {
    request: async (route, input) => {
      asked.push([route, input])
      return envelope
    },
    subscribe: () => () => undefined,
    watchStatus: () => () => undefined,
    reconnect: async () => true,
  }
  return { api: createApi(transport), asked }
}

describe('the typed client', () => {
  it('sends route and input and returns the data alone', async () => {
    const { api, asked } = answering({ ok: true, data: { id: null } })
    expect(await api['study.current']({})).toEqual({ id: null })
    expect(asked).toEqual([['study.current', {}]])
  })

  it('rejects with the report that main sent', async () => {
    const report = { code: 'studyRunning', message: 'A study is running.', hint: 'Stop it first.' } as const
    const { api } = answering({ ok: false, error: report })
    const error: unknown = await api['study.delete']({ id: 'study-0001' }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(RequestError)
    expect(reportOf(error, fallback)).toEqual(report)
  })
})

describe('the report of an error', () => {
  it('never shows people a message that was not written for them', () => {
    expect(reportOf(new TypeError('undefined is not a function'), fallback)).toEqual(fallback)
  })
})
