import type { Translation, Values } from '../say.ts'
import type { searchSentences } from '../search.ts'
import { comma, inWords, plural, rounded } from './numbers.ts'
import { cores, label, layers, room, threads, tokensAtOnce, trials } from './settings.ts'

const combinations = (count: Values[string] | undefined): string => plural(count, 'Kombination', 'Kombinationen')

/** A configuration in words; what is left to the engine goes unsaid. */
const setting = (values: Values): string => {
  const { layers: count, threads: threadCount, batch, mapping, flashAttention, cacheType = 'automatic' } = values
  const { conversations = 'automatic' } = values
  const parts = [
    Number(count) >= 0 ? layers(count) : '',
    Number(threadCount) > 0 ? threads(threadCount) : '',
    Number(batch) > 0 ? tokensAtOnce(batch) : '',
    mapping === 'mapped' ? 'Datei eingeblendet' : mapping === 'read' ? 'Datei eingelesen' : '',
    flashAttention === true ? 'Flash Attention an' : flashAttention === false ? 'Flash Attention aus' : '',
    cacheType === 'automatic' ? '' : `Kontext als ${cacheType}`,
    conversations === 'automatic' ? '' : room(conversations),
  ].filter((part) => part !== '')
  return parts.length > 0 ? parts.join(', ') : 'alles, wie die Engine es selbst wählt'
}

/** Why a search space is bounded as it is, why a configuration is tried next and why a search ends. */
export const germanSearch = {
  'search.regimeProcessor': () =>
    'Es gibt keine Grafikkarte, die die Engine nutzen kann, also macht der Prozessor die ganze Arbeit.',
  'search.regimeFull': ({ total, freeGigabytes }) =>
    `Alle ${total} Schichten passen in die ${comma(freeGigabytes)} GB freien Grafikspeicher, also macht die Grafikkarte die Arbeit.`,
  'search.regimePartial': ({ layers: count, total, freeGigabytes }) =>
    `Etwa ${count} von ${total} Schichten passen in die ${comma(freeGigabytes)} GB freien Grafikspeicher; den Rest macht der Prozessor.`,

  'search.noGraphics': () => 'Es gibt keine Grafikkarte, die die Engine nutzen kann.',
  'search.allLayersFit': ({ total, neededGigabytes, freeGigabytes }) =>
    `Alle ${total} Schichten passen mit Luft hinein (${comma(neededGigabytes)} von ${comma(freeGigabytes)} GB), und die Engine sollte sie von selbst dorthin legen.`,
  'search.allLayersAskedFor': () => 'Zeigt ihr erster Ladevorgang, dass sie es nicht tut, verlangt Attune alle.',
  'search.layersThatFit': ({ layers: count, total, freeGigabytes }) =>
    `Etwa ${count} von ${total} Schichten passen in die ${comma(freeGigabytes)} GB freien Grafikspeicher; jede Schicht dort spart Zeit, also werden nur Zahlen nahe dieser Grenze probiert.`,
  'search.threadsAtMostUsable': ({ usable, fast, physical }) =>
    `Dieses Programm darf ${cores(usable)} nutzen (${physical} echte, davon ${fast} schnelle): Mehr Threads als das bremsen einander stark, und Text schreibt sich meist nahe der Zahl der schnellen Kerne am schnellsten.`,
  'search.automaticThreadsTooMany': ({ automatic, usable }) =>
    `Von sich aus startet die Engine ${threads(automatic)}, aber dieses Programm darf nur ${cores(usable)} nutzen.`,
  'search.threadsMatterLittle': ({ fast }) =>
    `Liegt das ganze Modell auf der Grafikkarte, zählen Threads wenig, also werden nur einige Zahlen bis ${plural(fast, 'schnellem Kern', 'schnellen Kernen')} probiert.`,
  'search.threadsTakeNoMemory': () =>
    'Threads brauchen fast keinen Speicher, also werden nur die üblichen Zahlen probiert.',
  'search.batchBounds': ({ smallest, largest }) =>
    `Je mehr Tokens auf einmal gelesen werden, desto eher ist die Eingabe gelesen und desto mehr Speicher braucht das: ${smallest} bis ${largest} werden probiert, jedes Mal verdoppelt.`,
  'search.mappingOffOnProcessor': () =>
    'Auf einem Prozessor liest die Engine die Datei von sich aus ein und kann die Gewichte so schneller anordnen; die Datei einzublenden würde das verhindern.',
  'search.mappingBothWays': () =>
    'Die Datei einzublenden spart Speicher; sie einzulesen kann Eingaben schneller machen, wenn Schichten nicht auf der Grafikkarte liegen. Beides wird probiert.',
  'search.valuesNeedTooMuchMemory': ({ name, dropped }) =>
    `Aus Mangel an Speicher weggelassen (${label(name)}): ${dropped}.`,
  'search.oneValueLeft': ({ name }) => `Nur ein Wert lohnt hier den Versuch: ${label(name)}.`,

  'search.contextIsRequired': ({ contextLength }) =>
    `Du brauchst ${contextLength} Tokens Kontext; das wird nie gegen Tempo eingetauscht.`,
  'search.flashAttentionIsTheDaemons': () =>
    'Flash Attention gilt für den ganzen Modellserver und nicht für ein Modell, also bleibt es, wie es ist.',
  'search.flashAttentionBothWays': () =>
    'Flash Attention wird an und aus probiert: Was schneller ist, hängt vom Gerät und von der Länge des Kontexts ab.',
  'search.cacheTypesTried': () =>
    'Kleinere Zahlenformate des Kontexts sparen Speicher, und weniger davon zu lesen kann Zeit sparen. Antworten können etwas anders ausfallen; wie gut sie sind, wird nicht gemessen.',
  'search.cacheTypeChangesAnswers': () =>
    'Ein kleineres Zahlenformat für den Kontext würde Speicher sparen, ändert aber die Antworten, also bleibt es, wie es ist.',
  'search.parallelIsTheDaemons': () =>
    'Wie viele Anfragen zugleich laufen, gilt für den ganzen Modellserver, also bleibt es, wie es ist.',
  'search.parallelTakesNoTime': ({ own }) =>
    `Dein Ollama hält Platz für ${own} Gespräche zugleich. Das kostet Speicher, aber kaum Zeit, also bleibt es, wie es ist; mit „Weniger Speicher“ als Ziel probiert Attune es mit Platz für eines.`,
  'search.parallelForOne': ({ own }) =>
    `Dein Ollama hält Platz für ${own} Gespräche zugleich, jedes mit Speicher für einen ganzen Kontext. Es wird auch mit Platz für eines probiert; ein zweites Gespräch würde dann auf das erste warten.`,
  'search.promptCacheIsUnseen': () =>
    'Ollama behält außerdem bis zu 8 GB früherer Eingaben im Speicher, damit ein Gespräch, zu dem du zurückkommst, eher weitergeht. Kein Versuch hier kommt zu einem zurück, also bleibt es, wie es ist; LLAMA_ARG_CACHE_RAM=0 in seiner Umgebung schaltet es ab.',

  'search.baselineFirst': () => 'Zuerst kommen deine jetzigen Einstellungen: Alles andere wird damit verglichen.',
  'search.drawnAtRandom': ({ open }) => `Zufällig gezogen aus den ${open} noch nicht probierten Kombinationen.`,
  'search.nextOnGrid': ({ open }) =>
    `Der nächste Punkt eines Gitters, das immer feiner wird; ${combinations(open)} noch nicht probiert.`,
  'search.spreadEvenly': ({ open }) =>
    `So gewählt, dass sich die Versuche gleichmäßig über das Mögliche verteilen; ${combinations(open)} noch nicht probiert.`,
  'search.likeTheBest': ({ ratio }) =>
    `Solche Einstellungen sind für die besten Versuche bisher ${rounded(ratio)}-mal so typisch wie für die anderen.`,
  'search.bredFromTheBest': ({ population }) =>
    `Ein kleiner Schritt weg von dem besten der letzten ${plural(population, 'Versuch', 'Versuche')}.`,
  'search.drawnForShortTrial': ({ open }) =>
    `Zufällig gezogen aus ${plural(open, 'noch nicht probierter Kombination', 'noch nicht probierten Kombinationen')}, für einen kurzen Versuch: Nur die besten davon werden ganz gemessen.`,
  'search.promoted': ({ rivals }) =>
    `Unter den Besten von ${plural(rivals, 'kurzem Versuch', 'kurzen Versuchen')}, also wird genauer gemessen.`,
  'search.ruleOfThumb': ({ decodeTokensPerSecond, turnSeconds }) =>
    `Allein nach den Daten des Computers werden etwa ${rounded(decodeTokensPerSecond)} Tokens/s und ${rounded(turnSeconds)} s je Antwort erwartet.`,

  'search.firstToRun': (v) =>
    `Mit ${setting(v)}: läuft am ehesten überhaupt, mit etwa ${rounded(v.decodeTokensPerSecond)} Tokens/s.`,
  'search.expectedBetter': (v) =>
    `Mit ${setting(v)}: wahrscheinlich ${rounded(v.gainPercent)} % besser als das Beste bisher, bei etwa ${rounded(v.decodeTokensPerSecond)} Tokens/s.`,
  'search.uncertain': (v) =>
    `Mit ${setting(v)}: könnte bis zu ${rounded(v.upToPercent)} % besser sein als das Beste bisher, und in der Nähe wurde noch nichts gemessen.`,
  'search.again': (v) =>
    `Noch einmal mit ${setting(v)}: Die Zahlen entscheiden, und ein einzelnes Laden kann Zufall sein.`,
  'search.onlyRepetitionTeaches': ({ tried }) =>
    `Nach ${plural(tried, 'Versuch', 'Versuchen')} verspricht nichts Neues mehr, als die Besten noch einmal zu messen, Seite an Seite mit deinen.`,
  'search.neverVaried': ({ names }) =>
    `Noch kein Versuch hat das geändert: ${inWords(String(names).split(', ').map(label))}. Das wird einmal angesehen, was auch immer davon zu erwarten ist.`,
  'search.nothingLeftToGain': ({ tried, chancePercent }) =>
    `Die Suche endete nach ${plural(tried, 'Kombination', 'Kombinationen')}: Dass eine andere 3 % besser ist, hatte eine Wahrscheinlichkeit von ${Number(chancePercent) < 1 ? 'unter 1' : Math.round(Number(chancePercent))} %.`,

  'search.trialsUsedUp': ({ trials: count }) => `Die Versuche dieses Zeitrahmens sind aufgebraucht: ${trials(count)}.`,
  'search.candidatesExhausted': () => 'Jede Kombination, die passt, wurde probiert.',
  'search.rulesUsedUp': ({ trials: count }) => `Was die Faustregeln empfehlen, wurde probiert: ${combinations(count)}.`,
} satisfies Translation<typeof searchSentences>
