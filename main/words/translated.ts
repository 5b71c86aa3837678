import type { Language } from '../../preload/contract/settings.ts'
import { machineSentences } from './machine.ts'
import { germanMachine } from './german/machine.ts'
import { germanMessages } from './german/messages.ts'
import { sentenceOf, type Values } from './say.ts'

/** Fields that hold English sentences without a code: errors, ends of trials, unused graphics cards. */
const messageFields: ReadonlySet<string> = new Set(['message', 'hint', 'why'])

/**
 * A copy of anything that is sent to a window, with its sentences in another language: facts by their codes,
 * messages by their English. What nobody has translated stays English.
 */
export function translated<T>(value: T, language: Language): T {
  return language === 'en' ? value : (translatedPart(value, language) as T)
}

function translatedPart(value: unknown, language: Exclude<Language, 'en'>): unknown {
  if (Array.isArray(value)) return value.map((part) => translatedPart(part, language))
  if (typeof value !== 'object' || value === null) return value
  if (isStatement(value)) return { ...value, text: sentenceOf(value, language) ?? value.text }
  return Object.fromEntries(
    Object.entries(value).map(([name, part]: [string, unknown]) => [
      name,
      typeof part === 'string' && messageFields.has(name)
        ? translatedMessage(part, language)
        : translatedPart(part, language),
    ]),
  )
}

function isStatement(value: object): value is { code: string; values: Values; text: string } {
  return 'code' in value && 'values' in value && 'text' in value && typeof value.text === 'string'
}

interface Pattern {
  english: RegExp
  names: string[]
  translation: string
}

const patterns: Readonly<Record<Exclude<Language, 'en'>, readonly Pattern[]>> = {
  de: [...Object.entries(germanMessages), ...fixedSentences()].map(([english, translation]) =>
    patternOf(english, translation),
  ),
}

/** Why a graphics card is not used travels as a sentence alone; these have no values. */
function fixedSentences(): [english: string, german: string][] {
  const codes = ['sharedMemory', 'noDriver', 'unknownMemory', 'displayOnly', 'virtual'] as const
  return codes.map((code) => [machineSentences[`machine.${code}`](), germanMachine[`machine.${code}`]()])
}

/** A message in another language, its parts translated likewise; the message itself if nobody has translated it. */
export function translatedMessage(message: string, language: Exclude<Language, 'en'>): string {
  for (const { english, names, translation } of patterns[language]) {
    const found = english.exec(message)
    if (found === null) continue
    const values = new Map(names.map((name, index) => [name, translatedMessage(found[index + 1] ?? '', language)]))
    return translation.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values.get(name) ?? whole)
  }
  return message
}

function patternOf(english: string, translation: string): Pattern {
  const names = Array.from(english.matchAll(/\{(\w+)\}/g), ([, name = '']) => name)
  const literal = english.split(/\{\w+\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return { english: new RegExp(`^${literal.join('([^]+?)')}$`), names, translation }
}
