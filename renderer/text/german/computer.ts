import type { DaemonStatus } from '../../../preload/contract/daemon.ts'
import type { computerWords } from '../english/computer.ts'
import type { Format } from '../format.ts'
import { plural } from '../plural.ts'

/** Step 1: the computer and what runs models on it. */
export function germanComputer(format: Format): ReturnType<typeof computerWords> {
  return {
    heading: 'Dein Computer',
    lead: 'Attune findet die Einstellungen, mit denen ein Modell hier am besten läuft, und beweist es durch Messen. Damit kann es arbeiten. Alles bleibt auf diesem Computer.',
    looking: 'Dein Computer wird angesehen…',
    forward: 'Modell wählen',
    processor: 'Prozessor',
    memory: 'Arbeitsspeicher',
    graphics: 'Grafik',
    power: 'Strom',

    cores: (cpu) => {
      const kinds =
        cpu.efficiencyCores > 0
          ? `${cpu.performanceCores} schnelle und ${cpu.efficiencyCores} sparsame Kerne`
          : plural(cpu.physicalCores, format.integer(cpu.physicalCores), 'Kern', 'Kerne')
      const threads = cpu.logicalCores > cpu.physicalCores ? `, ${cpu.logicalCores} Threads` : ''
      const limit = cpu.allowedCores < cpu.logicalCores ? `. ${cpu.allowedCores} dürfen hier genutzt werden` : ''
      return `${kinds}${threads}${limit}`
    },
    memoryTotal: ({ totalMiB, limitMiB }) => format.memory.of(limitMiB ?? totalMiB),
    memoryFree: ({ availableMiB, limitMiB, totalMiB }) =>
      limitMiB === null
        ? `${format.memory.of(availableMiB)} frei`
        : `${format.memory.of(availableMiB)} frei; hier begrenzt, der Computer hat ${format.memory.of(totalMiB)}`,

    noGraphics: 'Keine, die hilft',
    noGraphicsDetail: 'Modelle laufen auf dem Prozessor.',
    graphicsMemory: ({ totalVramMiB, freeVramMiB, unified }) => {
      const total = format.memory.of(totalVramMiB)
      if (unified) return `Teilt sich den Arbeitsspeicher, nutzt bis zu ${total}`
      return freeVramMiB === null
        ? `${total} eigener Speicher`
        : `${total} eigener Speicher, ${format.memory.of(freeVramMiB)} frei`
    },
    furtherGraphics: (gpu) => `Dazu: ${gpu.name}, ${format.memory.of(gpu.totalVramMiB)}`,
    unusedGraphics: ({ name, why }) => `${name} wird nicht genutzt: ${why}`,

    powerSource: ({ source, batteryPercent }) => {
      switch (source) {
        case 'mains':
          return 'Am Netz'
        case 'battery':
          return batteryPercent === null ? 'Akkubetrieb' : `Akkubetrieb, ${format.percent.of(batteryPercent)}`
        case 'unknown':
          return 'Unbekannt'
      }
    },
    powerAdvice: ({ source }) => {
      switch (source) {
        case 'mains':
          return 'Gut: Das Tempo bleibt gleichmäßig.'
        case 'battery':
          return 'Das Tempo kann schwanken.'
        case 'unknown':
          return 'Wenn das ein Notebook ist, schließ das Netzteil an.'
      }
    },
    onBattery:
      'Im Akkubetrieb bremst der Prozessor, um Strom zu sparen, und was jetzt gemessen wird, gilt später vielleicht nicht. Schließ erst das Netzteil an.',

    daemons: 'Was deine Modelle ausführt',
    ollama: {
      running: 'Ollama läuft',
      stopped: 'Ollama ist installiert, läuft aber nicht',
      missing: 'Ollama ist nicht installiert',
      unreachable: 'Ollama ist nicht erreichbar',
    } satisfies Record<DaemonStatus['state'], string>,
    ollamaDetail: ({ state, version, url, isLocal, problem }) => {
      switch (state) {
        case 'running': {
          const where = isLocal ? url : `${url}. Das ist ein anderer Computer: Oben steht nicht seine Ausstattung`
          return version === null ? where : `Version ${version} unter ${where}`
        }
        case 'stopped':
          return 'Starte es, um die Modelle abzustimmen, die du darin hast.'
        case 'missing':
          return 'Du kannst es installieren und wiederkommen oder ohne es weitermachen.'
        case 'unreachable':
          return problem === null ? `Unter ${url} antwortet nichts Brauchbares.` : `${problem.message} ${problem.hint}`
      }
    },
    remote: {
      lead: 'Wie ist jener andere Computer ausgestattet? Was du nicht weißt, darf leer bleiben: Dann lässt Attune in Ruhe, was davon abhängt.',
      cores: 'Seine Kerne',
      memory: 'Sein Speicher, GB',
      graphics: 'Sein Grafikspeicher, GB (0: keiner)',
      save: 'Merken',
    },
    startOllama: 'Ollama starten',
    startingOllama: 'Ollama startet…',
    installOllama: 'Ollama holen',
    checkAgain: 'Noch einmal prüfen',
    builtIn: 'Attunes eigene Engine ist bereit',
    builtInDetail: (hasOllama) =>
      hasOllama
        ? 'Sie führt Modelldateien (GGUF) von deinem Datenträger aus und ein kleines Übungsmodell, um Attune auszuprobieren.'
        : 'Du kannst gleich mit ihr weitermachen: Sie führt Modelldateien (GGUF) von deinem Datenträger aus und ein kleines Übungsmodell, um Attune auszuprobieren.',
  }
}
