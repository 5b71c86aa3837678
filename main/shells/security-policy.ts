/** Placeholder in `renderer/index.html` that a shell replaces by a fresh nonce for every page it serves. */
export const noncePlaceholder = '__CSP_NONCE__'

/**
 * The content security policy of every page, as a header value. Only `connect-src` differs between the shells:
 * Electron's page talks over IPC and connects nowhere, browser mode's page talks to its own host.
 *
 * @param connectSources CSP sources for fetch and WebSocket; none means nowhere.
 */
export function contentSecurityPolicy(nonce: string, connectSources: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    // Mantine writes its theme variables into style elements; the nonce admits those and no others.
    `style-src 'self' 'nonce-${nonce}'`,
    // plotly draws exported pictures through data and blob addresses.
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src ${connectSources.length > 0 ? connectSources.join(' ') : "'none'"}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
