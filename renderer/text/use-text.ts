import { createContext, useContext } from 'react'
import type { Words } from './english.ts'
import type { Format } from './format.ts'

/** The words of one language and its way of writing numbers. */
export interface Text {
  words: Words
  format: Format
}

export const TextContext = createContext<Text | null>(null)

export function useText(): Text {
  const text = useContext(TextContext)
  if (text === null) throw new Error('There is no TextContext around this component')
  return text
}
