/** Tokens as pages of text: three quarters of a word each, 400 words a page, roundly. */
export function pages(tokens: number): number {
  const exact = (tokens * 0.75) / 400
  return exact < 10 ? Math.max(1, Math.round(exact)) : Math.round(exact / 5) * 5
}
