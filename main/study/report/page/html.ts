/** Text that is markup already: made by `html` alone, so that nothing reaches a page unescaped. */
export interface Html {
  readonly markup: string
}

type Part = string | number | Html | readonly Html[]

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/**
 * Markup from a template: what is written in the template stays as it is, whatever is put into it is escaped, for
 * element content and quoted attributes alike, unless it was made by `html` itself.
 */
export function html(template: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const pieces = template.map((text, i) => text + markupOf(parts[i] ?? ''))
  return { markup: pieces.join('') }
}

function markupOf(part: Part): string {
  if (typeof part === 'number') return String(part)
  if (typeof part === 'string') return escaped(part)
  return 'markup' in part ? part.markup : part.map(({ markup }) => markup).join('')
}

/** Control characters have no place in HTML, and half of a surrogate pair none in UTF-8. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/(?![\t\n\r])\p{Cc}/gu, '\ufffd')
    .replaceAll(/[&<>"']/g, (character) => escapes[character] ?? character)
}
