import { germanStudy } from '../../../preload/words/german.ts'
import type { PageWords } from '../page.ts'
import { capitalised, label, settings } from './settings.ts'

export const germanPage: PageWords = {
  ...germanStudy,
  outcomes: { ...germanStudy.outcomes, running: 'abgebrochen' },
  language: 'de',
  title: (model) => `Was Attune für ${model} gefunden hat`,
  begun: (when) => `Gemessen am ${when}`,
  setting: (name) => capitalised(label(name)),
  value: (value) => {
    if (value === 'automatic') return 'automatisch'
    return typeof value === 'boolean' ? (value ? 'an' : 'aus') : String(value)
  },
  trials: 'Jeder Versuch',
  trialsPicture: 'Die Größe des Ziels, Versuch für Versuch. Die Linie: wie es vorher war. Der Ring: das Beste.',
  summary: (values) => capitalised(settings(values)),
  setups: 'Alles, was gemessen wurde, das Beste zuerst',
  loads: 'Geladen',
  conditions: 'Wo und wie gemessen wurde',
  computer: 'Computer',
  processor: 'Prozessor',
  memory: 'Speicher',
  graphics: 'Grafik',
  none: 'keine, die hilft',
  daemon: 'Lief auf',
  builtIn: 'Attunes eigener Engine',
  model: 'Modell',
  request: 'Gewünscht',
  goals: { chat: 'schnelle Antworten', throughput: 'lange Antworten', memory: 'weniger Speicher' },
  requested: (goal, contextLength) => `${goal}, mit ${contextLength} Tokens Kontext`,
  again: 'Dieselbe Studie noch einmal',
  saved: 'Was gespeichert wurde',
  savedAs: (tag, isKept) => {
    if (isKept === null) return `${tag}, das sich nicht messen ließ`
    return isKept
      ? `${tag}, wie gespeichert gemessen: so schnell wie versprochen`
      : `${tag}, wie gespeichert gemessen: langsamer als versprochen`
  },
  footer: (version) =>
    `Gemacht von Attune ${version}. Diese Seite enthält alles, was sie zeigt, und fragt kein Netz nach etwas.`,
}
