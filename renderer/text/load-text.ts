import { english } from './english.ts'
import { createFormat } from './format.ts'
import type { Text } from './use-text.ts'

/**
 * The words in the language of the page, which main fills into it; others than English come on demand.
 *
 * @param preferred the locales that the browser names, of which one may tell how the language's numbers are written.
 */
export async function loadText(language: string, preferred: readonly string[]): Promise<Text> {
  const locale = preferred.find((candidate) => candidate.split('-')[0] === language) ?? language
  if (language !== 'de') {
    const format = createFormat(locale)
    return { words: english(format), format }
  }
  const { german, tokensPerSecond } = await import('./german.ts')
  const format = createFormat(locale, tokensPerSecond)
  return { words: german(format), format }
}
