/** English and German know the same two forms and choose between them alike. */
const rules = new Intl.PluralRules('en')

/** "1 layer", "2 layers". `count` arrives in digits as it is to be shown. */
export function plural(count: number, shown: string, one: string, other: string): string {
  return `${shown} ${rules.select(count) === 'one' ? one : other}`
}
