/** The nonce with which the page's policy admits style elements; the shell that serves the page fills it in. */
export function styleNonce(document: Document): string {
  const meta = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')
  return meta?.nonce ?? ''
}
