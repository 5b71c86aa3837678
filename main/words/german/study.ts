import type { Translation, Values } from '../say.ts'
import type { studySentences } from '../study.ts'
import { comma, gigabytes, percent, plural, rounded, speed, type Value } from './numbers.ts'
import { capitalised, label, labelsIn, room, settings, threads, trials } from './settings.ts'

/** What a gain and a loss are called under each goal. */
const gains: Record<string, [gain: string, loss: string]> = {
  chat: ['weniger Zeit je Antwort', 'mehr Zeit je Antwort'],
  throughput: ['mehr Tokens je Sekunde', 'weniger Tokens je Sekunde'],
  memory: ['weniger Speicher', 'mehr Speicher'],
}

/** "68 % weniger Zeit je Antwort", or with the opposite word for a loss. */
export function gained({ goal, gain }: Values): string {
  const [more = 'besser', less = 'schlechter'] = gains[String(goal)] ?? []
  return `${percent(gain)} ${Number(gain) >= 0 ? more : less}`
}

/** What a comparison side by side rests on, and between which bounds its outcome lies. */
const ofPairs = ({ pairs }: Values): string =>
  `Beide wurden ${Number(pairs) === 1 ? 'einmal' : `${rounded(pairs)}-mal`} gemessen, im Wechsel und frisch geladen`
const bounds = ({ low, high }: Values): string => `${percent(low)} und ${percent(high)} (95 % Sicherheit)`

const withThreads = (count: Value): string =>
  count === 'automatic' ? 'der automatischen Zahl von Threads' : threads(count)
const chosen = (value: Value): string => (typeof value === 'boolean' ? (value ? 'an' : 'aus') : String(value))
const loaded = (value: Value): string =>
  value === true ? 'eingeblendet' : value === false ? 'eingelesen' : 'automatisch geladen'

const cacheFormat = (value: Value): string => (value === 'automatic' ? 'in halber Genauigkeit' : `als ${value}`)

/** A sentence that ends in the two measured speeds. */
const threadSpeeds = ({ from, to, fromSpeed, toSpeed }: Values): string =>
  `Mit ${withThreads(to)} schreibt es ${speed(toSpeed)}, mit ${withThreads(from)} ${rounded(fromSpeed)}`

/** The conditions that are marked on a trial, as they follow "liefen". */
const circumstances: Record<string, string> = {
  'machine.onBattery': 'mit Akku',
  'machine.powerSaver': 'im Energiesparmodus',
  'machine.hot': 'auf einem heißen Computer',
  'machine.hotAt': 'auf einem heißen Computer',
  'machine.lowMemory': 'mit wenig freiem Speicher',
  'machine.lowMemoryWsl': 'mit wenig freiem Speicher',
  'machine.lowMemoryLimited': 'mit wenig freiem Speicher',
}

/** What the plan knows of another computer. */
function toldOf({ cores, memoryMiB, vramMiB }: Values): string {
  const told = [
    ...(cores === undefined ? [] : [plural(cores, 'Kern', 'Kerne')]),
    ...(memoryMiB === undefined ? [] : [`${gigabytes(memoryMiB)} Speicher`]),
    ...(vramMiB === undefined ? [] : [vramMiB === 0 ? 'keine Grafikkarte' : `${gigabytes(vramMiB)} Grafikspeicher`]),
  ]
  if (told.length === 0)
    return 'Über ihn ist nichts bekannt, also kommt nur in Frage, was auf jedem Computer sicher ist.'
  return `Geplant mit dem, was über ihn gesagt wurde: ${told.join(', ')}.`
}

/** What each of several loads takes; nothing where none was measured. */
const eachTaking = (seconds: Value): string =>
  seconds === undefined ? '' : `, was jedes Mal ${rounded(seconds)} s dauert`

/** What came with later versions of Ollama. */
const features: Record<string, string> = {
  reportsContextLength:
    'die Auskunft, mit wie viel Kontext ein Modell geladen wurde, das lässt sich also nicht prüfen (0.10)',
  automaticFlashAttention: 'Flash Attention, wo immer der Computer sie beherrscht (0.12.4)',
  automaticBatch: 'die eigene Wahl, wie viele Tokens auf einmal gelesen werden (0.30)',
  outputLayerFirst: 'die neuere Reihenfolge der Schichten auf Grafikkarten (0.30)',
}
const featuresIn = (missing: Value = 'reportsContextLength'): string =>
  String(missing)
    .split(', ')
    .map((name) => features[name] ?? name)
    .join('; ')

/** Plans, the course of a study, verdicts, changes and notes. */
export const germanStudy = {
  'study.oldDaemon': ({ missing }) =>
    `Dieses Ollama ist alt. Ihm fehlt: ${featuresIn(missing)}. Mit einem neueren misst es sich besser.`,
  'study.secondDaemon': () =>
    'Für die Studie wird ein zweites Ollama gestartet, denn nur so lassen sich Einstellungen des ganzen Servers probieren. Es liest deine Modelle und ändert nichts; deines bleibt, wie es ist, aber bitte nutze es so lange nicht.',
  'study.unknownEnvironment': () =>
    'Die Umgebung deines Ollama ließ sich nicht lesen: Falls du OLLAMA-Variablen dafür gesetzt hast, können die Zahlen für deine jetzigen Einstellungen abweichen.',
  'study.remoteDaemon': (values) =>
    `Der Modellserver läuft auf einem anderen Computer. ${toldOf(values)} Programme, die ihn dort stören, sind von hier aus nicht zu sehen.`,
  'study.remoteRegimeUnknown': () =>
    'Ob der andere Computer eine Grafikkarte hat, ist nicht bekannt; wo das Modell läuft, entscheidet also sein Modellserver.',
  'study.remoteCoresUntold': () =>
    'Wie viele Kerne der andere Computer hat, ist nicht bekannt, also bleibt die Zahl der Threads automatisch.',
  'study.remoteMemoryUntold': () =>
    'Wie viel Speicher der andere Computer hat, ist nicht bekannt, also kommt nichts in Frage, was mehr als üblich braucht.',
  'study.remoteGraphicsUntold': () =>
    'Wie viel Grafikspeicher der andere Computer hat, ist nicht bekannt, also entscheidet hier sein Modellserver.',
  'study.memoryIsShort': ({ neededMiB, availableMiB }) =>
    `Das Modell braucht etwa ${gigabytes(neededMiB)}, und ${gigabytes(availableMiB)} Speicher sind frei: Schließ erst andere Programme.`,
  'study.contextBeyondTraining': ({ asked, trained }) =>
    `Das Modell ist für ${trained} Tokens Kontext gemacht, also läuft es damit und nicht mit ${asked}.`,
  'study.otherModelsLoaded': ({ names }) =>
    `Andere Modelle sind geladen (${names}): Sie belegen Speicher, und sie während der Studie zu nutzen stört sie.`,
  'study.modelIsLoaded': () => 'Das Modell ist gerade geladen. Die Studie entlädt es und lädt es am Ende wieder.',

  'study.baselineFirst': () => 'Zuerst kommen deine jetzigen Einstellungen: Alles wird damit verglichen.',
  'study.baselineAgain': ({ number, planned }) =>
    `Noch einmal deine jetzigen Einstellungen, Laden ${number} von ${planned}: Das zeigt, wie sehr die Zahlen von selbst schwanken.`,
  'study.sentinel': () =>
    'Noch einmal deine jetzigen Einstellungen, um zu sehen, ob der Computer langsamer oder schneller geworden ist.',
  'study.sentinelOfPower': () =>
    'Noch einmal deine jetzigen Einstellungen, denn das Netzteil wurde angeschlossen oder abgezogen, und das Tempo ist jetzt vielleicht ein anderes.',
  'study.repeatDisturbed': () => 'Noch einmal, weil die letzte Messung gestört wurde.',
  'study.isWorthIt': ({ name }) =>
    `Die besten Einstellungen, aber eines wie bei dir (${label(name)}), um zu sehen, ob sich diese Änderung lohnt.`,
  'study.tagAlone': () =>
    'Die besten Einstellungen, soweit ein gespeichertes Modell sie enthalten kann, um zu sehen, was es ohne die des Servers bringt.',
  'study.confirmCandidate': ({ pair, planned }) =>
    `Die besten Einstellungen gegen deine, Paar ${pair} von höchstens ${planned}: die besten, frisch geladen.`,
  'study.confirmBaseline': ({ pair, planned }) =>
    `Die besten Einstellungen gegen deine, Paar ${pair} von höchstens ${planned}: deine, frisch geladen.`,
  'study.probing': ({ percent: done }) => `Attune sieht nach, was Prozessor und Speicher können: ${done} %.`,
  'study.awaitingMains': () =>
    'Angehalten, solange der Computer mit Akku läuft: Die Studie geht von selbst weiter, wenn das Netzteil angeschlossen ist.',
  'study.awaitingDaemon': () => 'Warten, bis der Modellserver wieder antwortet.',

  'study.cutOff': () => 'Attune oder der Computer wurde während dieses Versuchs beendet.',

  'study.loadsSpent': ({ loads: count }) =>
    `Die Suche endete wie geplant nach ${plural(count, 'Versuch', 'Versuchen')}.`,
  'study.timeSpent': ({ minutes: count }) =>
    `Die Suche endete, um innerhalb von ${plural(count, 'Minute', 'Minuten')} zu bleiben.`,

  'study.verdict.improved': (v) => `Bessere Einstellungen gefunden: ${gained(v)}.`,
  'study.verdict.improvedLikely': (v) => `Bessere Einstellungen gefunden: wahrscheinlich ${gained(v)}.`,
  'study.verdict.likely': (v) =>
    `Andere Einstellungen sind wahrscheinlich besser: ${gained(v)}, aber nicht so sicher, dass ein Wechsel zu empfehlen ist. Behalte deine oder lass eine längere Studie laufen.`,
  'study.verdict.keep': () => 'Deine Einstellungen sind schon richtig: Behalte sie.',
  'study.verdict.nothingBetter': () => 'Nichts Besseres gefunden: Behalte deine Einstellungen.',
  'study.verdict.inconclusive': (v) =>
    `Nichts ist bewiesen: Die besten anderen Einstellungen maßen ${gained(v)}, aber die Zahlen schwanken zu sehr, um sicher zu sein. Behalte deine.`,
  'study.verdict.unconfirmed': (v) =>
    `Noch ist nichts bewiesen: Andere Einstellungen maßen ${gained(v)}, aber nicht Seite an Seite mit deinen. Behalte deine vorerst.`,
  'study.verdict.stopped': () => 'Die Studie endete vor einem Urteil: Behalte deine Einstellungen vorerst.',
  'study.verdict.unmeasured': () => 'Die Studie endete, bevor deine jetzigen Einstellungen gemessen waren.',

  'study.measuredInPairs': ({ pairs }) =>
    `Beide wurden abwechselnd frisch geladen, je ${plural(pairs, 'Mal', 'Mal')}, und Paar für Paar verglichen.`,
  'study.surelyBetter': (v) => `Sehr sicher: ${ofPairs(v)}, und der Gewinn liegt zwischen ${bounds(v)}.`,
  'study.better': (v) =>
    `Sicher ist, dass es besser ist, weniger, um wie viel: ${ofPairs(v)}, und der Gewinn liegt zwischen ${bounds(v)}.`,
  'study.likelyBetter': (v) =>
    `Eher wahrscheinlich als sicher: ${ofPairs(v)}, und der Gewinn liegt zwischen ${bounds(v)}.`,
  'study.surelyNoBetter': (v) =>
    `Sehr sicher: ${ofPairs(v)}, und ein Wechsel brächte ${Number(v.high) <= 0 ? 'nichts' : `höchstens ${percent(v.high)}`}.`,
  'study.unsure': (v) =>
    `Nicht sicher: ${ofPairs(v)}, und alles zwischen einem Verlust von ${percent(v.low)} und einem Gewinn von ${percent(v.high)} ist möglich.`,
  'study.savesButTooSlow': (v) =>
    `${capitalised(settings(v))}: weniger Speicher, aber Antworten dauern über 10 % länger.`,
  'study.candidateFailed': (v) =>
    `Die besten Einstellungen (${settings(v)}) scheiterten, als sie wieder geladen wurden.`,
  'study.nothingElseMeasured': () => 'Andere Einstellungen ließen sich nicht messen.',
  'study.rivalNoBetter': (v) =>
    `Die besten der anderen Einstellungen (${settings(v)}) maßen ${gained(v)}; unter ${comma(v.needed)} % lohnt ein Wechsel nicht.`,
  'study.rivalWithinNoise': (v) =>
    `Die besten der anderen Einstellungen (${settings(v)}) maßen ${gained(v)}: nicht mehr, als die Zahlen von selbst schwanken.`,
  'study.rivalUnconfirmed': (v) =>
    `${capitalised(settings(v))} maßen in der Suche ${gained(v)}; eine längere Studie mit diesem Ziel würde es Seite an Seite prüfen.`,

  'study.threadsBeyondCores': (v) =>
    `${threadSpeeds(v)}: Mehr Threads, als es Kerne nutzen darf (${rounded(v.usable)}), stehen einander im Weg.`,
  'study.threadsOnSlowCores': (v) =>
    `${threadSpeeds(v)}: Über ${plural(v.fast, 'schnellen Kern', 'schnelle Kerne')} hinaus halten die langsamen die anderen auf.`,
  'study.threadsFewer': (v) => `${threadSpeeds(v)}: Die zusätzlichen Threads warten auf den Speicher und aufeinander.`,
  'study.threadsMore': (v) => `${threadSpeeds(v)}: Der Prozessor hat noch Kerne frei.`,
  'study.layers': ({ from, to, fromSpeed, toSpeed }) =>
    `Mit ${to} Schichten auf der Grafikkarte schreibt es ${speed(toSpeed)} statt ${rounded(fromSpeed)} mit ${from}.`,
  'study.batch': ({ from, to, fromSpeed, toSpeed }) =>
    `Mit ${to} Tokens auf einmal liest es eine Eingabe mit ${speed(toSpeed)} statt mit ${rounded(fromSpeed)} bei ${from}.`,
  'study.mapping': ({ from, to, fromSpeed, toSpeed }) =>
    `Ist die Datei ${loaded(to)}, schreibt es ${speed(toSpeed)}, ${loaded(from)} ${rounded(fromSpeed)}.`,
  'study.flashAttention': ({ from, to, fromSpeed, toSpeed }) =>
    `Mit Flash Attention ${chosen(to)} schreibt es ${speed(toSpeed)}, ${chosen(from)} ${rounded(fromSpeed)}.`,
  'study.cacheType': ({ from, to, fromSpeed, toSpeed }) =>
    `Mit dem Kontext ${cacheFormat(to)} schreibt es ${speed(toSpeed)}, ${cacheFormat(from)} ${rounded(fromSpeed)}.`,
  'study.conversations': ({ from, to, fromSpeed, toSpeed }) =>
    `Mit ${room(to)} schreibt es ${speed(toSpeed)}, mit ${room(from)} ${rounded(fromSpeed)}.`,
  'study.savesMemory': ({ name, from, to, fromMiB, toMiB }) =>
    `${capitalised(label(name))}: mit ${chosen(to)} braucht es ${gigabytes(toMiB)}, mit ${chosen(from)} ${gigabytes(fromMiB)}.`,
  'study.otherwiseNoFit': ({ name, from }) =>
    `${capitalised(label(name))}: mit ${chosen(from)} passt es nicht in den Speicher.`,
  'study.changedTogether': ({ name, others }) =>
    `Zusammen mit anderem geändert (${labelsIn(others)}): Kein Versuch sagt, was diese Änderung allein bewirkt (${label(name)}).`,

  'study.keptWorse': (v) => `Stattdessen mit ${chosen(v.other)} (${label(v.name)}) gemessen: ${gained(v)}.`,
  'study.keptAlike': (v) =>
    `Stattdessen mit ${chosen(v.other)} (${label(v.name)}) gemessen: ${gained(v)}; unter ${comma(v.needed)} % lohnt ein Wechsel nicht.`,
  'study.keptUnproven': (v) =>
    `Stattdessen mit ${chosen(v.other)} (${label(v.name)}) gemessen: ${gained(v)}, aber nicht Seite an Seite und damit nicht bewiesen.`,
  'study.keptInCompany': (v) =>
    `${plural(v.count, 'Kombination', 'Kombinationen')} mit einem anderen Wert, zusammen mit anderen Änderungen gemessen; die beste davon: ${gained(v)}.`,
  'study.keptFailed': ({ count }) =>
    `${plural(count, 'Versuch', 'Versuche')} mit einem anderen Wert ergaben keine Zahl zum Vergleichen.`,
  'study.keptUntried': () => 'Kein Versuch hat das geändert: Nach allem Gemessenen war davon nichts zu erwarten.',

  'study.untestedSetups': ({ measured, of }) =>
    `${measured} der ${of} Kombinationen, die sich unterscheiden, wurden gemessen; was die anderen täten, wurde daraus geschlossen.`,
  'study.untestedPrompts': ({ promptTokens }) =>
    `Eingaben hatten etwa ${promptTokens} Tokens; viel längere oder kürzere wurden nicht gemessen.`,
  'study.untestedAnswers': () =>
    'Die Antworten wurden nicht verglichen: Keine dieser Einstellungen ist dazu da zu ändern, was das Modell sagt.',

  'study.foreignContext': ({ count, seconds, found, asked }) =>
    `Ein Problem: Ein anderes Programm benutzt dieses Modell mit ${found} statt ${asked} Tokens Kontext. Deshalb wurde es während der Studie ${count}-mal neu geladen${eachTaking(seconds)}, und so geht es weiter, sooft Programme sich abwechseln. Stell in allen dieselbe Kontextlänge (num_ctx) ein oder in keinem eine, damit die des Modells gilt.`,
  'study.foreignLoads': ({ count, seconds }) =>
    `Ein Problem: Während der Studie wurde das Modell wegen eines anderen Programms ${count}-mal neu geladen${eachTaking(seconds)}, wahrscheinlich, weil dieses eigene Einstellungen oder ein anderes Modell verlangt. So geht es weiter, sooft Programme sich abwechseln: Gib allen dasselbe Modell und dieselben Einstellungen oder keine, damit die des Modells gelten.`,

  'study.extrapolated': ({ measured, full }) =>
    `Gemessen wurden Antworten von ${measured} Tokens; die Zahlen für ${full} Tokens setzen voraus, dass der Rest gleich schnell kommt.`,
  'study.shortPrompt': ({ promptTokens, contextLength }) =>
    `Die Eingaben wurden auf ${promptTokens} Tokens gekürzt, damit sie in den Kontext von ${contextLength} passen.`,
  'study.shortenedWorkload': ({ promptTokens, outputTokens }) =>
    `Ganze Antworten würden mit diesem Modell oder deinen Einstellungen zu lange dauern, deshalb wurde alles mit Eingaben von ${promptTokens} und Antworten von ${outputTokens} Tokens gemessen; die Sekunden gelten dafür.`,
  'study.noEffect': ({ name }) =>
    `${capitalised(label(name))}: Der Modellserver beachtet das nicht, denn das Modell braucht immer gleich viel Speicher. Sobald das klar war, blieb es, wie es ist.`,
  'study.effectUnseen': ({ names }) =>
    `Ob der Modellserver hierin gehorcht, sagt er nicht (${labelsIn(names)}): Dafür spricht nur die gemessene Geschwindigkeit.`,
  'study.contextIsShorter': ({ asked, given }) =>
    `Der Modellserver gab ${given} Token Kontext statt ${asked}: Die Zahlen gelten dafür.`,
  'study.startedFromEarlier': ({ studies }) =>
    `Diese Studie begann mit dem, was ${plural(studies, 'frühere Studie', 'frühere Studien')} über diesen Computer gelehrt ${Number(studies) === 1 ? 'hat' : 'haben'}.`,
  'study.startedFromProbe': ({ coreMiB, allMiB }) =>
    `Vor dem ersten Versuch hat Attune nachgesehen, was Prozessor und Speicher können (ein Kern liest ${gigabytes(coreMiB)} in der Sekunde, alle zusammen ${gigabytes(allMiB)}): Daran begann die Suche, mehr hängt nicht davon ab.`,
  'study.promising': (v) =>
    `Noch nicht bestätigt, aber vielversprechend: ${settings(v)}, in den Versuchen bisher ${percent(v.gain)} besser.`,
  'study.becameSlower': ({ percent: change }) =>
    `Deine eigenen Einstellungen wurden im Lauf der Studie ${percent(change)} langsamer: Hitze, Energiesparen oder andere Programme.`,
  'study.becameFaster': ({ percent: change }) =>
    `Deine eigenen Einstellungen wurden im Lauf der Studie ${percent(change)} schneller: Etwas anderes hatte den Computer anfangs gebremst.`,
  'study.driftCorrected': () =>
    'Wo Versuche verschiedener Zeiten verglichen werden, wurde diese Änderung des Computers erst herausgerechnet.',
  'study.noise': ({ loads: betweenLoads, repetitions }) =>
    `Wie sehr die Zahlen von selbst schwanken: gleiche Einstellungen, neu geladen, um ${percent(betweenLoads)}, Antworten nach einem Laden um ${percent(repetitions)} (Standardabweichungen).`,
  'study.countOutliers': ({ count, of }) =>
    `${plural(count, 'Antwort', 'Antworten')} von ${of} dauerten ungewöhnlich lang oder kurz: Sie bleiben und werden gezeigt, bewegen aber kaum etwas, denn es zählt der Median der Antworten.`,
  'study.countOutOfMemory': ({ count }) => `Nicht in den Speicher gepasst: ${trials(count)}.`,
  'study.countSpill': ({ count }) => `Im Grafikspeicher übergelaufen und dann kaum vorangekommen: ${trials(count)}.`,
  'study.countTimeout': ({ count }) => `Zu lange gedauert und ohne Zahlen geendet: ${trials(count)}.`,
  'study.countInterference': ({ count }) =>
    `Nicht gezählt, weil andere Programme oder ein Wechsel der Stromquelle störten: ${trials(count)}.`,
  'study.countCondition': ({ condition, count, of }) =>
    `${rounded(count)} von ${plural(of, 'Versuch', 'Versuchen')} liefen ${circumstances[String(condition)] ?? condition}: vielleicht langsamer, als der Computer kann.`,
  'study.countFailed': ({ count }) => `Gescheitert, weil der Modellserver scheiterte: ${trials(count)}.`,
  'study.countSkipped': ({ count }) => `Nicht zu Ende gelaufen, weil übersprungen oder abgebrochen: ${trials(count)}.`,
  'study.countCrashed': ({ count }) =>
    `Auf diesem Computer nie wieder probiert, weil er oder Attune dabei abstürzte: ${plural(count, 'Kombination', 'Kombinationen')}.`,
  'study.countAbandoned': ({ count }) =>
    `Vorzeitig beendet, weil zu langsam zum Gewinnen oder zum Warten: ${trials(count)}. Die Zahlen stimmen, ruhen aber auf wenigen Tokens.`,

  'study.creatingTag': ({ name }) => `${name} wird angelegt.`,
  'study.measuringTag': ({ load, loads: planned }) =>
    `Das gespeicherte Modell wird gemessen, wie es ist: Laden ${load} von ${planned}.`,
} satisfies Translation<typeof studySentences>
