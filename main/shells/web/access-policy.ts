import { createHash, timingSafeEqual } from 'node:crypto'

/** Who may talk to the browser-mode host. Pure verdicts; `host.ts` wires them. */
export interface AccessPolicy {
  /** The Host header names this host: anything else is DNS rebinding. */
  allowsHost(host: string | undefined): boolean
  /** The Origin header of a WebSocket is this very page: anything else is another site. */
  allowsOrigin(origin: string | undefined): boolean
  allowsToken(token: string | undefined | null): boolean
  /** The token in a Cookie header, undefined if there is none. */
  tokenFromCookies(cookies: string | undefined): string | undefined
  /** Set-Cookie value that lets this browser in until it closes. */
  cookie(): string
}

export function createAccessPolicy({ port, token }: { port: number; token: string }): AccessPolicy {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
  // Cookies ignore ports, so two programs on this computer would overwrite each other's without the port in the name.
  const cookieName = `attune-${port}`
  const expected = digest(token)
  return {
    allowsHost: (host) => host !== undefined && hosts.includes(host),
    allowsOrigin: (origin) => origin !== undefined && hosts.some((host) => origin === `http://${host}`),
    // Digests have one length, so the comparison takes the same time whatever is sent.
    allowsToken: (candidate) => typeof candidate === 'string' && timingSafeEqual(digest(candidate), expected),
    tokenFromCookies(cookies) {
      const pairs = (cookies ?? '').split(';').map((pair) => pair.trim().split('='))
      return pairs.find(([name]) => name === cookieName)?.[1]
    },
    cookie: () => `${cookieName}=${token}; HttpOnly; SameSite=Strict; Path=/`,
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
