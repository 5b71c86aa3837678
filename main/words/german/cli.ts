import type { CliWords } from '../cli.ts'

export const germanCli: CliWords = {
  locale: 'de',
  range: (low, high) => `${low} bis ${high}`,
  percentRange: (value, low, high) => `${value} % (${low} bis ${high} %)`,
  allAutomatic: 'alles automatisch',

  doctor: {
    data: 'Daten',
    system: 'System',
    processor: 'Prozessor',
    cores: 'Kerne',
    memory: 'Speicher',
    graphics: 'Grafik',
    power: 'Strom',
    builtIn: 'eingebaute Engine',
    features: 'Fähigkeiten',
    coreCounts: ({ performanceCores, efficiencyCores, logicalCores, allowedCores }) =>
      `${performanceCores} schnelle + ${efficiencyCores} sparsame Kerne, ${logicalCores} Threads, ${allowedCores} hier nutzbar`,
    memoryFree: (total, free, limit) => `${total}, ${free} frei${limit === null ? '' : `, begrenzt auf ${limit}`}`,
    graphicsMemory: (total, isShared, free) =>
      `${total}${isShared ? ' gemeinsam' : ''}${free === null ? '' : `, ${free} frei`}`,
    noGraphics: 'keine gefunden',
    powerSources: { mains: 'am Netz', battery: 'Akkubetrieb', unknown: 'unbekannt' },
    daemonState: {
      running: 'läuft',
      stopped: 'installiert, läuft aber nicht',
      missing: 'nicht installiert',
      unreachable: 'nicht zu erreichen',
    },
    builtInStopped: 'bereit und startet, wenn sie gebraucht wird',
    daemonAt: (state, url, version) => `${state}, ${url}${version === null ? '' : `, Version ${version}`}`,
    ready: 'Einer Studie steht nichts im Weg.',
    otherComputer: 'Ollama läuft auf einem anderen Computer: Was hier von diesem gesagt wird, gilt dort nicht.',
    onBattery:
      'Akkubetrieb: Schließ das Netzteil an, sonst wird der Computer vielleicht mitten in der Studie langsamer.',
    lowMemory: (free) => `Nur ${free} Speicher sind frei: Schließ erst andere Programme.`,
  },

  models: {
    columns: ['Modell', 'Größe', 'Quantisierung', 'wo', 'Platz'],
    fits: {
      full: 'passt in den Grafikspeicher',
      partial: 'teils im Grafikspeicher',
      cpu: 'auf dem Prozessor',
      tooBig: 'zu groß für diesen Computer',
    },
    writtenOnFirstUse: 'wird beim ersten Mal angelegt',
    builtIn: 'eingebaute Engine',
    writingPractice: 'Das Übungsmodell wird angelegt …',
  },

  studies: {
    none: 'Noch keine Studien. Beginn mit "npm run attune -- tune practice".',
    columns: ['ID', 'begonnen (UTC)', 'Modell', 'Ziel', 'Zustand', 'Urteil'],
    states: {
      running: 'im Gange',
      paused: 'angehalten',
      interrupted: 'unterbrochen',
      failed: 'gescheitert',
      finished: 'abgeschlossen',
      stopped: 'beendet',
    },
    withoutReport: (id, state, trials, why) =>
      `Die Studie ${id} ist ${state}, nach ${trials} Versuchen${why === null ? '' : `: ${why}`}`,
    changes: 'Was sich ändert:',
    forOllama: 'Für Ollama selbst zu setzen:',
    takeBack: 'So geht es zurück:',
    id: (id) => `Studie ${id}`,
    wrote: (path) => `${path} wurde geschrieben.`,
    registering: (tag) => `${tag} wird gespeichert und wie gespeichert gemessen …`,
    registeredUnmeasured: (tag) => `${tag} ist gespeichert, ließ sich aber nicht messen.`,
    registered: (tag, promised, measured, isKept) =>
      `${tag} ist gespeichert. Versprochen ${promised} s je Antwort, gemessen ${measured} s: ${isKept ? 'gehalten' : 'nicht gehalten'}.`,
    removed: (tag) => `${tag} wurde entfernt. Deine eigenen Modelle wurden nicht angerührt.`,
    figures: {
      settings: 'Einstellungen',
      turn: 'Antwort s',
      ttft: 'erstes Wort s',
      prefill: 'lesen Tok/s',
      decode: 'schreiben Tok/s',
      memory: 'Speicher',
    },
  },

  tune: {
    warning: (text) => `Achtung: ${text}`,
    expected: (settings, low, high) =>
      `${settings} Kombinationen zur Auswahl; es dauert wohl ${low} bis ${high}. Strg-C beendet und behält das Gefundene.`,
    stopping: 'Wird beendet; die Studie bleibt erhalten …',
    rates: (reading, writing) => `${reading} lesen, ${writing} schreiben Tok/s`,
    cutShort: ' (abgekürzt: konnte nicht gewinnen)',
    trial: (number, expected, elapsed, left) =>
      `Versuch ${number} von etwa ${expected}, ${elapsed}${left === null ? '' : `, noch etwa ${left}`}`,
  },

  insight: {
    matters: 'Was zählt:',
    shareColumns: ['Einstellung', 'Anteil an den Unterschieden'],
    together: 'zusammen, über jedes allein hinaus',
    noEffect: 'von keiner Wirkung nicht zu unterscheiden',
    choices: 'Was zur Wahl steht:',
    preferred: 'am besten nach dem, was zählt',
    balanced: 'ausgewogen',
    breaksLimit: 'hält eine Grenze nicht ein',
  },
}
