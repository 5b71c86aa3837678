import type { ParameterName } from '../../../preload/contract/model.ts'
import { explicitParameters, isAutomatic, type ParameterSetting } from '../../figures/parameters.ts'
import type { parameterWords } from '../english/parameters.ts'
import type { Format } from '../format.ts'
import { plural } from '../plural.ts'

const names: Record<ParameterName, string> = {
  num_gpu: 'Schichten auf der Grafikkarte',
  num_thread: 'Threads des Prozessors',
  num_batch: 'Tokens auf einmal gelesen',
  use_mmap: 'Wie die Datei geladen wird',
  flash_attention: 'Flash Attention',
  kv_cache_type: 'Zahlenformat des Kontexts',
  num_parallel: 'Platz für Gespräche',
}

const about: ReturnType<typeof parameterWords>['about'] = {
  num_gpu: {
    does: 'Ein Modell ist ein Stapel von Schichten. Das sagt, wie viele davon im Speicher der Grafikkarte liegen, die um ein Mehrfaches schneller rechnet als der Prozessor.',
    moreName: 'Mehr',
    more: 'Schneller, solange sie hineinpassen.',
    lessName: 'Weniger',
    less: 'Lässt Grafikspeicher frei für Spiele, Videos und andere Programme.',
  },
  num_thread: {
    does: 'Wie viele Teile des Prozessors zugleich rechnen.',
    moreName: 'Mehr',
    more: 'Schneller bis zur Zahl der echten Kerne, darüber langsamer: Dann warten Threads aufeinander.',
    lessName: 'Weniger',
    less: 'Lässt den Computer flink bleiben und schreibt fast ebenso schnell, wo der Speicher das Langsame ist.',
  },
  num_batch: {
    does: 'Wie viele Tokens deines Textes in einem Schritt gelesen werden. Wie schnell die Antwort geschrieben wird, ändert es nicht.',
    moreName: 'Mehr',
    more: 'Lange Texte werden schneller gelesen, mit mehr Arbeitsspeicher dafür.',
    lessName: 'Weniger',
    less: 'Braucht weniger Speicher; vielleicht passt dann noch eine Schicht auf die Grafikkarte.',
  },
  use_mmap: {
    does: 'Ob die Modelldatei eingeblendet wird, sodass das System ihre Teile holt, wenn sie gebraucht werden, oder als Ganzes eingelesen.',
    moreName: 'Eingeblendet',
    more: 'Lädt früher, und der Speicher lässt sich teilen und zurückgeben.',
    lessName: 'Eingelesen',
    less: 'Lädt länger und läuft dann vielleicht schneller auf dem Prozessor, der die Zahlen so ordnen kann, wie er sie mag.',
  },
  flash_attention: {
    does: 'Eine andere Reihenfolge derselben Rechnung, die weniger Zwischenergebnisse aufhebt.',
    moreName: 'An',
    more: 'Weniger Speicher in langen Unterhaltungen, auf Grafikkarten meist schneller.',
    lessName: 'Aus',
    less: 'Auf Prozessoren oft schneller.',
  },
  kv_cache_type: {
    does: 'Mit wie vielen Bits jede Zahl von dem behalten wird, was das Modell von einem Gespräch weiß: f16, q8_0 oder q4_0.',
    moreName: 'Mehr Bits',
    more: 'Antworten so, wie das Modell sie geben soll.',
    lessName: 'Weniger Bits',
    less: 'Halb so viel Speicher oder weniger für lange Gespräche, aber Antworten können etwas anders ausfallen.',
  },
  num_parallel: {
    does: 'Für wie viele Gespräche zugleich der Modellserver Speicher bereithält.',
    moreName: 'Mehr',
    more: 'Mehrere Programme oder Menschen werden zur selben Zeit beantwortet.',
    lessName: 'Eines',
    less: 'Braucht am wenigsten Speicher; ein zweites Gespräch wartet auf das erste.',
  },
}

/** The settings that Attune varies, in plain words. */
export function germanParameters(format: Format): ReturnType<typeof parameterWords> {
  const short = (name: ParameterName, value: ParameterSetting): string => {
    const shown = typeof value === 'number' ? format.integer(value) : ''
    const count = Number(value)
    switch (name) {
      case 'num_gpu':
        return plural(count, shown, 'Schicht auf der Grafikkarte', 'Schichten auf der Grafikkarte')
      case 'num_thread':
        return plural(count, shown, 'Thread', 'Threads')
      case 'num_batch':
        return plural(count, shown, 'Token auf einmal gelesen', 'Tokens auf einmal gelesen')
      case 'use_mmap':
        return value === true ? 'Datei eingeblendet' : 'Datei eingelesen'
      case 'flash_attention':
        return value === true ? 'Flash Attention an' : 'Flash Attention aus'
      case 'kv_cache_type':
        return `Kontext als ${String(value)}`
      case 'num_parallel':
        return `Platz für ${plural(count, shown, 'Gespräch', 'Gespräche')}`
    }
  }
  return {
    names,
    about,
    explain: (name) => `Was ist ${name}?`,
    does: 'Was es tut',
    found: 'Was Attune hier gefunden hat',
    nameOf: (name) => (Object.hasOwn(names, name) ? names[name as ParameterName] : name),
    valueOf: (name, value) => {
      if (isAutomatic(name, value)) return 'automatisch'
      if (name === 'use_mmap') return value === true ? 'eingeblendet' : 'eingelesen'
      if (name === 'flash_attention') return value === true ? 'an' : 'aus'
      return typeof value === 'number' ? format.integer(value) : String(value)
    },
    summary: (configuration) => {
      const set = explicitParameters(configuration).map((name) => short(name, configuration[name]))
      return set.length === 0 ? 'Alles automatisch' : set.join(', ')
    },
  }
}
