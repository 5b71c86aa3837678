import type { environmentSentences } from '../environment.ts'
import type { Translation } from '../say.ts'
import { plural } from './numbers.ts'
import { room } from './settings.ts'
import { gained } from './study.ts'

/** What belongs to the environment of Ollama rather than to one model, what it does, and how it is changed. */
export const germanEnvironment = {
  'environment.needed': () =>
    'Diese Einstellungen gehören zum Teil zum ganzen Ollama-Server, und kein gespeichertes Modell kann sie enthalten: Sie werden einmal in seiner Umgebung gesetzt.',
  'environment.tagBrings': (values) =>
    `Ohne das maß das gespeicherte Modell allein ${gained(values)} (${plural(values.loads, 'Laden', 'Mal geladen')}).`,
  'environment.tagBringsNothing': () => 'Ohne das würde ein gespeichertes Modell nichts ändern.',
  'environment.tagUnmeasured': () => 'Was das gespeicherte Modell ohne das bringt, wurde nicht gemessen.',
  'environment.answersMayDiffer': ({ type }) =>
    `Mit dem Kontext als ${type} können Antworten etwas anders ausfallen, und wie gut sie sind, wurde nicht gemessen.`,
  'environment.othersWait': () =>
    'Mit Platz für ein Gespräch wartet ein zweites, das währenddessen kommt, bis das erste beantwortet ist.',
  'environment.forAllModels': () =>
    'Es gilt für alle Modelle, die dieses Ollama ausführt, und ab seinem nächsten Start.',

  'environment.flashAttentionOn': () => 'Schaltet Flash Attention für jedes Modell an.',
  'environment.flashAttentionOff': () => 'Schaltet Flash Attention für jedes Modell aus.',
  'environment.cacheType': ({ type }) => `Hält den Kontext jedes Modells als ${type}.`,
  'environment.conversations': ({ count }) => `Hält ${room(count)} zugleich.`,

  'environment.how.systemd': () =>
    'Ollama ist hier ein Systemdienst. In einem Terminal (es fragt nach deinem Passwort und startet Ollama neu):',
  'environment.how.shell': () => 'Beende das laufende Ollama und starte es dann so in einem Terminal:',
  'environment.how.launchctl': () =>
    'In einem Terminal (es startet Ollama neu; nach dem nächsten Anmelden ist es zu wiederholen):',
  'environment.how.windows': () =>
    'In einer Eingabeaufforderung; beende dann Ollama über sein Symbol neben der Uhr und starte es wieder aus dem Startmenü:',
} satisfies Translation<typeof environmentSentences>
