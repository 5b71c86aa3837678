import type { machineSentences } from '../machine.ts'
import type { Translation } from '../say.ts'
import { comma, gigabytes } from './numbers.ts'

/** Why a graphics adapter is shown but not planned with, and under which conditions measuring is unsteady. */
export const germanMachine = {
  'machine.sharedMemory': () =>
    'Sie leiht sich den gewöhnlichen Arbeitsspeicher des Computers und hat keinen eigenen für ein Modell.',
  'machine.noDriver': () => 'Ihr Treiber fehlt oder antwortet nicht, deshalb können Modelle sie nicht nutzen.',
  'machine.unknownMemory': () => 'Kein Werkzeug auf diesem Computer sagt, wie viel Speicher sie hat.',
  'machine.displayOnly': () => 'Sie zeichnet nur das Bild.',
  'machine.virtual': () => 'Sie gehört zu einer virtuellen Maschine und kann keine Modelle ausführen.',

  'machine.onBattery': () => 'Der Computer läuft mit Akku und spart vielleicht Strom: Schließ das Netzteil an.',
  'machine.powerSaver': () =>
    'Der Energiesparmodus ist an und hält den Computer langsam: Schalte ihn aus, bis die Studie vorbei ist.',
  'machine.hot': () =>
    'Der Computer ist heiß und bremst sich selbst: Lass ihn abkühlen und halte die Lüftungsschlitze frei.',
  'machine.hotAt': ({ name, celsius }) =>
    `${name} ist ${comma(celsius)} °C heiß und bremst sich vielleicht selbst: Lass ihn abkühlen und halte die Lüftungsschlitze frei.`,
  'machine.busyProcessor': ({ percent }) =>
    `Andere Programme belegen ${comma(percent)} % des Prozessors: Schließ, was du nicht brauchst, bis die Studie vorbei ist.`,
  'machine.busyProcessorBy': ({ percent, name }) =>
    `Andere Programme belegen ${comma(percent)} % des Prozessors, das meiste davon ${name}: Schließ es, oder was du davon nicht brauchst, bis die Studie vorbei ist.`,
  'machine.busyGraphics': ({ name, percent }) =>
    `${name} ist zu ${comma(percent)} % mit anderem beschäftigt: Schließ Spiele, Videos und was sonst viel zeichnet.`,
  'machine.fullGraphics': ({ name, usedMiB, totalMiB }) =>
    `Andere Programme belegen ${gigabytes(usedMiB)} der ${gigabytes(totalMiB)} Speicher von ${name}: Schließ sie, damit mehr vom Modell hineinpasst.`,
  'machine.lowMemory': ({ availableMiB, wholeMiB }) =>
    `Nur ${gigabytes(availableMiB)} von ${gigabytes(wholeMiB)} Arbeitsspeicher sind frei: Schließ andere Programme.`,
  'machine.lowMemoryWsl': ({ availableMiB, wholeMiB }) =>
    `Nur ${gigabytes(availableMiB)} sind frei von den ${gigabytes(wholeMiB)} Arbeitsspeicher, die Windows an Linux verleiht: Trag in die Datei .wslconfig in deinem Windows-Benutzerordner ein größeres „memory“ ein und gib dann „wsl --shutdown“ ein.`,
  'machine.lowMemoryLimited': ({ availableMiB, wholeMiB }) =>
    `Nur ${gigabytes(availableMiB)} sind frei von den ${gigabytes(wholeMiB)} Arbeitsspeicher, die dieser Container nutzen darf: Heb seine Grenze an.`,
  'machine.lowDisk': ({ freeMiB }) =>
    `Nur ${gigabytes(freeMiB)} sind auf dem Datenträger frei: Schaff Platz, sonst lassen sich Ergebnisse nicht speichern.`,
} satisfies Translation<typeof machineSentences>
