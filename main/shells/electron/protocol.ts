import { randomBytes } from 'node:crypto'
import { protocol } from 'electron'
import type { Language } from '../../../preload/contract/settings.ts'
import { readAsset } from '../renderer-assets.ts'
import { contentSecurityPolicy } from '../security-policy.ts'
import { allowsNavigation } from './policies.ts'

/** Must run before the app is ready: `app:` then counts as a secure origin with ordinary web rules. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Serves the built renderer at `app://attune/`, and nothing from outside its folder. */
export function serveRenderer(rendererFolder: string, language: () => Language): void {
  protocol.handle('app', async (request) => {
    if (!allowsNavigation(request.url)) return new Response('Not found', { status: 404 })
    const nonce = randomBytes(16).toString('base64')
    const asset = await readAsset(rendererFolder, new URL(request.url).pathname, { nonce, language: language() })
    if (asset === null) return new Response('Not found', { status: 404 })
    return new Response(new Uint8Array(asset.body), {
      headers: {
        'Content-Type': asset.mimeType,
        'Content-Security-Policy': contentSecurityPolicy(nonce, []),
        'X-Content-Type-Options': 'nosniff',
      },
    })
  })
}
