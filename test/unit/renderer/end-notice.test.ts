import { describe, expect, it } from 'vitest'
import type { Study } from '../../../preload/contract/study.ts'
import { createEndNotice } from '../../../renderer/ui/browser/end-notice.ts'
import { waysToUse } from '../../../renderer/wizard/save/ways-to-use.ts'
import { study as aStudy } from './support/fixtures.ts'

function noticing(isHidden: boolean): { told: string[]; changed: (state: Study['state']) => void } {
  const told: string[] = []
  const notice = createEndNotice({ isHidden: () => isHidden, show: ({ state }) => told.push(state) })
  return { told, changed: (state) => notice({ type: 'study.changed', study: { ...aStudy(), state } }) }
}

describe('the end of a study', () => {
  it('is told once, to whoever looks elsewhere', () => {
    const { told, changed } = noticing(true)
    changed('running')
    changed('paused')
    changed('running')
    changed('finished')
    changed('finished')
    expect(told).toEqual(['finished'])
  })

  it('is not told to whoever sees it', () => {
    const { told, changed } = noticing(false)
    changed('running')
    changed('finished')
    expect(told).toEqual([])
  })

  it('is not told of a study that is saved long after its end', () => {
    const { told, changed } = noticing(true)
    changed('finished')
    expect(told).toEqual([])
  })
})

describe('how to use a saved model', () => {
  const ways = new Map(waysToUse('qwen2.5:14b-attuned', 'http://127.0.0.1:11434').map(({ way, text }) => [way, text]))

  it('names it in every way', () => {
    expect([...ways.values()].filter((text) => !text.includes('qwen2.5:14b-attuned'))).toEqual([])
    expect(ways.get('commandLine')).toBe('ollama run qwen2.5:14b-attuned')
  })

  it('asks the API for it and sends no options that would override it', () => {
    const request = ways.get('api') ?? ''
    const [, url, body = ''] = /^curl (\S+) -d (".*")$/s.exec(request) ?? []
    expect(url).toBe('http://127.0.0.1:11434/api/chat')
    expect(JSON.parse(JSON.parse(body) as string)).toEqual({
      model: 'qwen2.5:14b-attuned',
      messages: [{ role: 'user', content: 'Hello' }],
    })
  })
})
