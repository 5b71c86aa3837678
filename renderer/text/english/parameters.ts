import type { Configuration, ParameterName } from '../../../preload/contract/model.ts'
import { explicitParameters, isAutomatic, type ParameterSetting } from '../../figures/parameters.ts'
import type { Format } from '../format.ts'
import { plural } from '../plural.ts'

const names: Record<ParameterName, string> = {
  num_gpu: 'Layers on the graphics card',
  num_thread: 'Processor threads',
  num_batch: 'Tokens read at once',
  use_mmap: 'How the file is loaded',
  flash_attention: 'Flash attention',
}

/** The settings that Attune varies, in plain words. */
export function parameterWords(format: Format) {
  const short = (name: ParameterName, value: ParameterSetting): string => {
    const shown = typeof value === 'number' ? format.integer(value) : ''
    const count = Number(value)
    switch (name) {
      case 'num_gpu':
        return plural(count, shown, 'layer on the graphics card', 'layers on the graphics card')
      case 'num_thread':
        return plural(count, shown, 'thread', 'threads')
      case 'num_batch':
        return plural(count, shown, 'token read at once', 'tokens read at once')
      case 'use_mmap':
        return value === true ? 'file mapped' : 'file read into memory'
      case 'flash_attention':
        return value === true ? 'flash attention on' : 'flash attention off'
    }
  }
  return {
    names,
    /** The plain name of anything a plan speaks of; names it does not know stay as they are. */
    nameOf: (name: string) => (isParameterName(name) ? names[name] : name),
    valueOf: (name: ParameterName, value: ParameterSetting) => {
      if (isAutomatic(name, value)) return 'automatic'
      if (name === 'use_mmap') return value === true ? 'mapped' : 'read into memory'
      if (name === 'flash_attention') return value === true ? 'on' : 'off'
      return typeof value === 'number' ? format.integer(value) : String(value)
    },
    summary: (configuration: Configuration) => {
      const set = explicitParameters(configuration).map((name) => short(name, configuration[name]))
      return set.length === 0 ? 'Everything automatic' : set.join(', ')
    },
  }
}

function isParameterName(name: string): name is ParameterName {
  return Object.hasOwn(names, name)
}
