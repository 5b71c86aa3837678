import type { Values } from '../say.ts'
import { inWords, plural, type Value } from './numbers.ts'

/** Each with its article in the nominative: most sentences name them as their subject. */
const labels: Record<string, string> = {
  num_gpu: 'die Schichten auf der Grafikkarte',
  num_thread: 'die Zahl der Threads',
  num_batch: 'die Zahl der Tokens auf einmal',
  use_mmap: 'die Art, die Datei zu laden',
  flash_attention: 'Flash Attention',
  kv_cache_type: 'das Zahlenformat des Kontexts',
  num_parallel: 'der Platz für mehrere Gespräche',
}

export const label = (name: Value): string => labels[String(name)] ?? String(name)
export const labelsIn = (names: Value): string => inWords(String(names).split(', ').map(label))
export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

export const layers = (count: Value): string =>
  plural(count, 'Schicht auf der Grafikkarte', 'Schichten auf der Grafikkarte')
export const threads = (count: Value): string => plural(count, 'Thread', 'Threads')
export const tokensAtOnce = (count: Value): string => plural(count, 'Token auf einmal', 'Tokens auf einmal')
export const room = (count: Value): string => `Platz für ${plural(count, 'Gespräch', 'Gespräche')}`
export const cores = (count: Value): string => plural(count, 'Kern', 'Kerne')
export const trials = (count: Value): string => plural(count, 'Versuch', 'Versuche')

/** "2 Threads, 512 Tokens auf einmal"; what the daemon decides itself is left out. */
export function settings(values: Values): string {
  const { num_gpu, num_thread, num_batch, use_mmap, flash_attention } = values
  const { kv_cache_type = 'automatic', num_parallel = 'automatic' } = values
  const parts = [
    num_gpu === 'automatic' ? '' : layers(num_gpu),
    num_thread === 'automatic' ? '' : threads(num_thread),
    num_batch === 'automatic' ? '' : tokensAtOnce(num_batch),
    use_mmap === 'automatic' ? '' : `Datei ${use_mmap ? 'eingeblendet' : 'eingelesen'}`,
    flash_attention === 'automatic' ? '' : `Flash Attention ${flash_attention ? 'an' : 'aus'}`,
    kv_cache_type === 'automatic' ? '' : `Kontext als ${kv_cache_type}`,
    num_parallel === 'automatic' ? '' : room(num_parallel),
  ].filter((part) => part !== '')
  return parts.length > 0 ? parts.join(', ') : 'alles automatisch'
}
