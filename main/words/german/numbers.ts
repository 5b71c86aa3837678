import * as english from '../units.ts'
import type { Values } from '../say.ts'

export type Value = Values[string] | undefined

/** A figure as it came, with the decimal comma. */
export const comma = (value: Value): string => String(value).replace('.', ',')

/** Three significant digits, without an exponent. */
export const rounded = (value: Value): string => {
  const number = Number(value)
  return Math.abs(number) >= 100 ? String(Math.round(number)) : comma(Number(number.toPrecision(3)))
}

export const percent = (value: Value): string => `${rounded(Math.round(Math.abs(Number(value)) * 10) / 10)} %`
export const speed = (value: Value): string => `${rounded(value)} Tokens/s`
export const gigabytes = (mebibytes: Value): string => comma(english.gigabytes(mebibytes))

/** "1 Schicht", "2 Schichten". */
export const plural = (count: Value, one: string, other: string): string =>
  `${rounded(count)} ${Number(count) === 1 ? one : other}`

/** "a", "a und b", "a, b und c". */
export function inWords(parts: readonly string[]): string {
  const last = parts.at(-1) ?? ''
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} und ${last}`
}
