import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  allowsDownload,
  allowsNavigation,
  allowsPayload,
  allowsPermission,
  allowsRequest,
  allowsSender,
} from '../../../../main/shells/electron/policies.ts'

const seed = 7
const ownFrame = { url: 'app://attune/', parent: null }

describe('navigation', () => {
  it('stays within the app’s own page', () => {
    expect(allowsNavigation('app://attune/')).toBe(true)
    expect(allowsNavigation('app://attune/index.html#x')).toBe(true)
  })

  it.each([
    'https://example.org',
    'app://attune.evil/',
    'app://evil@attune.org/',
    'app:\\\\attune.evil',
    'file:///etc/passwd',
    'javascript:1',
    'data:text/html,x',
    'blob:app://attune/1',
    'about:blank',
    '',
    'app:',
  ])('refuses %j', (url) => expect(allowsNavigation(url)).toBe(false))

  it('leads nowhere else, whatever the address', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.domain()), (text) => {
        for (const url of [text, `app://${text}`, `app://attune${text}`]) {
          if (allowsNavigation(url)) expect(new URL(url)).toMatchObject({ protocol: 'app:', host: 'attune' })
        }
      }),
      { seed },
    )
  })
})

describe('what the page loads', () => {
  it.each(['app://attune/main.js', 'data:image/png;base64,AA', 'blob:app://attune/1'])('may be %s', (url) =>
    expect(allowsRequest(url)).toBe(true),
  )

  it('comes from no network and from no file', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('http', 'https', 'ws', 'wss', 'file', 'ftp', 'chrome'),
        fc.domain(),
        (scheme, host) => {
          expect(allowsRequest(`${scheme}://${host}/`)).toBe(false)
        },
      ),
      { seed },
    )
  })
})

describe('what is saved to disk', () => {
  it('is what the page made itself', () => {
    expect(allowsDownload('blob:app://attune/7d1c')).toBe(true)
  })

  it.each(['blob:https://example.org/1', 'https://example.org/a.exe', 'app://attune/main.js', 'file:///etc/passwd'])(
    'is not %s',
    (url) => expect(allowsDownload(url)).toBe(false),
  )
})

describe('the sender of a request', () => {
  it('is the top frame of the own page', () => expect(allowsSender(ownFrame)).toBe(true))

  it.each([
    ['a frame that is gone', null],
    ['a frame inside the page', { url: 'app://attune/', parent: ownFrame }],
    ['another page', { url: 'https://example.org/', parent: null }],
    ['a page without an address', { url: '', parent: null }],
  ])('is not %s', (_name, frame) => expect(allowsSender(frame)).toBe(false))
})

describe('what a request carries', () => {
  it('is JSON of at most a mebibyte', () => {
    expect(allowsPayload('study.list', {})).toBe(true)
    expect(allowsPayload('study.list', { text: 'x'.repeat(1024 * 1024) })).toBe(false)
    expect(allowsPayload('x'.repeat(1024 * 1024), {})).toBe(false)
  })

  it('is nothing that JSON cannot hold', () => {
    const cycle: { self?: unknown } = {}
    cycle.self = cycle
    expect(allowsPayload('study.list', cycle)).toBe(false)
    expect(allowsPayload('study.list', 1n)).toBe(false)
  })

  it('may be anything small, which the contract then judges', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (input) => {
        expect(allowsPayload('study.list', input)).toBe(true)
      }),
      { seed },
    )
  })
})

it('permits writing plain text to the clipboard, and nothing else', () => {
  expect(allowsPermission('clipboard-sanitized-write')).toBe(true)
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.constantFrom('media', 'geolocation', 'notifications', 'clipboard-read', 'usb', 'push')),
      (permission) => {
        expect(allowsPermission(permission)).toBe(false)
      },
    ),
    { seed },
  )
})
