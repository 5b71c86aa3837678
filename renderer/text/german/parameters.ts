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
    }
  }
  return {
    names,
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
