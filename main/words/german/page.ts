import type { PageWords } from '../page.ts'
import { capitalised, label, settings } from './settings.ts'

export const germanPage: PageWords = {
  language: 'de',
  title: (model) => `Was Attune für ${model} gefunden hat`,
  begun: (when) => `Gemessen am ${when}`,
  beforeAfter: 'Vorher und nachher',
  measured: 'Was gemessen wurde',
  figure: 'Größe',
  before: 'Vorher',
  after: 'Nachher',
  metrics: {
    turn: 'Zeit je Antwort',
    ttft: 'Wartezeit auf das erste Wort',
    decode: 'Schreibtempo',
    prefill: 'Lesetempo',
    memory: 'Speicher',
  },
  tokensPerSecond: 'Tokens/s',
  changes: 'Was sich ändert, und warum',
  kept: 'Was bleibt, und warum',
  setting: (name) => capitalised(label(name)),
  value: (value) => {
    if (value === 'automatic') return 'automatisch'
    return typeof value === 'boolean' ? (value ? 'an' : 'aus') : String(value)
  },
  becomes: 'wird zu',
  trials: 'Jeder Versuch',
  trialsPicture: 'Die Größe des Ziels, Versuch für Versuch. Die Linie: wie es vorher war. Der Ring: das Beste.',
  trial: 'Versuch',
  purpose: 'Zweck',
  purposes: {
    baseline: 'wie es vorher war',
    search: 'Suche',
    sentinel: 'Prüfung auf Veränderung',
    confirmBaseline: 'Bestätigung, wie es vorher war',
    confirmCandidate: 'Bestätigung, das Beste',
  },
  outcomes: {
    running: 'abgebrochen',
    ok: 'gemessen',
    outOfMemory: 'passte nicht in den Speicher',
    spill: 'passte nicht in den Grafikspeicher und wurde langsam',
    timeout: 'dauerte zu lange',
    interference: 'von anderen Programmen gestört',
    failed: 'gescheitert',
    skipped: 'übersprungen',
  },
  settings: (values) => capitalised(settings(values)),
  settingsHeading: 'Einstellungen',
  setups: 'Alles, was gemessen wurde, das Beste zuerst',
  loads: 'Geladen',
  untested: 'Was nicht geprüft wurde',
  notes: 'Gut zu wissen',
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
  axes: { chat: 'Sekunden je Antwort', throughput: 'Tokens je Sekunde', memory: 'Gigabyte Speicher' },
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
