import { describe, expect, it } from 'vitest'
import * as fc from 'fast-check'
import { isLocalUrl, urlOfHost } from '../../../main/ollama/address.ts'

describe('the address that OLLAMA_HOST describes', () => {
  it.each([
    [undefined, 'http://127.0.0.1:11434'],
    ['', 'http://127.0.0.1:11434'],
    ['  ', 'http://127.0.0.1:11434'],
    ['localhost', 'http://localhost:11434'],
    ['192.168.1.5', 'http://192.168.1.5:11434'],
    ['192.168.1.5:8080', 'http://192.168.1.5:8080'],
    [':8080', 'http://127.0.0.1:8080'],
    ['0.0.0.0', 'http://127.0.0.1:11434'],
    ['0.0.0.0:80', 'http://127.0.0.1:80'],
    ['http://0.0.0.0:11434', 'http://127.0.0.1:11434'],
    ['::', 'http://[::1]:11434'],
    ['[::]', 'http://[::1]:11434'],
    ['[::]:8080', 'http://[::1]:8080'],
    ['::1', 'http://[::1]:11434'],
    ['[fe80::1]:8080', 'http://[fe80::1]:8080'],
    ['2001:db8::7', 'http://[2001:db8::7]:11434'],
    ['http://example.org', 'http://example.org:80'],
    ['https://example.org', 'https://example.org:443'],
    ['https://example.org:8443/', 'https://example.org:8443'],
    ['http://example.org:11434/some/path/', 'http://example.org:11434/some/path'],
    ['https://example.org/ollama', 'https://example.org:443/ollama'],
    ['"http://127.0.0.1:4000"', 'http://127.0.0.1:4000'],
    ["' my-server:4000 '", 'http://my-server:4000'],
    ['my-server:70000', 'http://my-server:11434'],
    ['my-server:-1', 'http://my-server:11434'],
    ['https://my-server:x', 'https://my-server:443'],
    ['ftp://my-server', 'http://127.0.0.1:11434'],
    ['two words', 'http://127.0.0.1:11434'],
  ])('%j is %s', (host, url) => {
    expect(urlOfHost(host)).toBe(url)
  })

  it('is always one that can be asked', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (host) => {
        const url = new URL(urlOfHost(host))
        expect(['http:', 'https:']).toContain(url.protocol)
        expect(['0.0.0.0', '[::]']).not.toContain(url.hostname)
      }),
      { seed: 1, numRuns: 1000 },
    )
  })

  it('survives being read again', () => {
    const host = fc.oneof(
      fc.ipV4(),
      fc.domain(),
      fc.ipV6().map((address) => `[${address}]`),
    )
    fc.assert(
      fc.property(host, fc.integer({ min: 1, max: 65_535 }), (host, port) => {
        const url = urlOfHost(`${host}:${port}`)
        expect(urlOfHost(url)).toBe(url)
      }),
      { seed: 2 },
    )
  })
})

describe('whether an address is this computer’s', () => {
  const own = ['192.168.1.5', 'fe80::1', 'Desk']
  it.each([
    'http://127.0.0.1:11434',
    'http://127.9.9.9:1',
    'http://localhost:1',
    'http://[::1]:1',
    'http://192.168.1.5:1',
  ])('%s is', (url) => expect(isLocalUrl(url, own)).toBe(true))
  it.each(['http://desk:11434', 'http://[fe80::1]:1'])('%s is, by its own name or address', (url) =>
    expect(isLocalUrl(url, own)).toBe(true),
  )
  it.each(['http://192.168.1.6:11434', 'https://example.org', 'http://127.0.0.1.example.org', 'http://[fe80::2]:1'])(
    '%s is not',
    (url) => expect(isLocalUrl(url, own)).toBe(false),
  )
})
