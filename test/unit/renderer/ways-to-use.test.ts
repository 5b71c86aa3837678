import { describe, expect, it } from 'vitest'
import { waysToUse } from '../../../renderer/figures/ways-to-use.ts'

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
