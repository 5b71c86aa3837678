import { isIP } from 'node:net'

const defaultPort = 11434

/**
 * The address at which to reach the daemon that `OLLAMA_HOST` describes, read as Ollama itself reads it
 * (`envconfig.Host` and `ConnectableHost`): scheme, host, port and path are each optional, `http://` and `https://` bring
 * the ports 80 and 443, a port that is none gives the default one, and an address that only means "all interfaces"
 * becomes this computer's own. Never throws: what makes no sense gives the default address.
 */
export function urlOfHost(value: string | undefined): string {
  const text = (value ?? '')
    .trim()
    .replace(/^["']+|["']+$/g, '')
    .trim()
  const [, scheme = 'http', rest = ''] = /^(?:([a-z]+):\/\/)?(.*)$/i.exec(text) ?? []
  const fallbackPort = !text.includes('://') ? defaultPort : scheme === 'https' ? 443 : 80
  const [place = '', ...path] = rest.replace(/[?#].*/, '').split('/')
  const { host, port } = splitHostPort(place)
  const folder = path.filter(Boolean).map((part) => `/${part}`)
  const url = `${scheme}://${reachableHost(host)}:${validPort(port) ?? fallbackPort}${folder.join('')}`
  return URL.canParse(url) && /^https?$/.test(scheme) ? url : `http://127.0.0.1:${defaultPort}`
}

/** The last colon parts host and port, unless it belongs to an IPv6 address without brackets. */
function splitHostPort(text: string): { host: string; port: string } {
  if (isIP(text) === 6) return { host: text, port: '' }
  const [, host = '', port = ''] = /^(\[.*\]|[^:]*):?(.*)$/.exec(text) ?? []
  return { host: host.replace(/^\[|\]$/g, ''), port }
}

function reachableHost(host: string): string {
  if (host === '' || host === '0.0.0.0') return '127.0.0.1'
  if (isIP(host) !== 6) return host
  return /^[0:]+$/.test(host) ? '[::1]' : `[${host}]`
}

function validPort(port: string): number | null {
  const number = Number(port)
  return /^\d+$/.test(port) && number <= 65_535 ? number : null
}

/** Whether the address belongs to this computer. `ownAddresses` are its interfaces' addresses and its host name. */
export function isLocalUrl(url: string, ownAddresses: readonly string[]): boolean {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '').toLowerCase()
  if (host === 'localhost' || host.endsWith('.localhost') || host === '::1') return true
  if (isIP(host) === 4 && host.startsWith('127.')) return true
  return ownAddresses.some((address) => address.toLowerCase() === host)
}
