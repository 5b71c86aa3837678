import { describe, expect, it } from 'vitest'
import { createAccessPolicy } from '../../../main/shells/web/access-policy.ts'

const policy = createAccessPolicy({ port: 4774, token: 'right-token' })

describe('who may talk to browser mode', () => {
  it.each(['127.0.0.1:4774', 'localhost:4774'])('serves the host name %s', (host) => {
    expect(policy.allowsHost(host)).toBe(true)
  })

  it.each([
    undefined,
    '',
    'evil.example',
    'evil.example:4774',
    '127.0.0.1',
    '127.0.0.1:80',
    '127.0.0.1:4774.evil.example',
  ])('refuses the host name %s', (host) => {
    expect(policy.allowsHost(host)).toBe(false)
  })

  it.each([
    undefined,
    'null',
    'https://127.0.0.1:4774',
    'http://127.0.0.1',
    'http://evil.example',
    'http://127.0.0.1:4774.evil',
  ])('refuses the origin %s', (origin) => {
    expect(policy.allowsOrigin(origin)).toBe(false)
  })

  it('admits its own page’s origin', () => {
    expect(policy.allowsOrigin('http://127.0.0.1:4774')).toBe(true)
  })

  it.each([undefined, null, '', 'right-toke', 'right-token ', 'RIGHT-TOKEN'])('refuses the token %j', (token) => {
    expect(policy.allowsToken(token)).toBe(false)
  })

  it('recognises the cookie that it set, among others', () => {
    const pair = policy.cookie().split(';')[0] ?? ''
    expect(policy.allowsToken(policy.tokenFromCookies(`a=b; ${pair}; c=d`))).toBe(true)
    expect(policy.cookie()).toContain('HttpOnly')
    expect(policy.cookie()).toContain('SameSite=Strict')
  })

  it('does not take another port’s cookie for its own', () => {
    expect(policy.tokenFromCookies('attune-4775=right-token')).toBeUndefined()
  })
})
