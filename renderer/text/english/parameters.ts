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
  kv_cache_type: 'Number format of the context',
  num_parallel: 'Room for conversations',
}

interface About {
  does: string
  moreName: string
  more: string
  lessName: string
  less: string
}

const about: Record<ParameterName, About> = {
  num_gpu: {
    does: 'A model is a stack of layers. This says how many of them lie in the memory of the graphics card, which computes several times faster than the processor.',
    moreName: 'More',
    more: 'Faster, as long as they fit.',
    lessName: 'Fewer',
    less: 'Leaves graphics memory free for games, videos and other programs.',
  },
  num_thread: {
    does: 'How many parts of the processor compute at once.',
    moreName: 'More',
    more: 'Faster up to the number of real cores, slower beyond it: threads then wait for each other.',
    lessName: 'Fewer',
    less: 'Leaves the computer responsive, and writes nearly as fast where memory is what is slow.',
  },
  num_batch: {
    does: 'How many tokens of your text are read in one step. It does not change how fast the answer is written.',
    moreName: 'More',
    more: 'Long texts are read faster, with more memory for the work.',
    lessName: 'Fewer',
    less: 'Needs less memory, which may leave room for another layer on the graphics card.',
  },
  use_mmap: {
    does: 'Whether the model file is mapped, so that the system fetches its parts when they are needed, or read into memory as a whole.',
    moreName: 'Mapped',
    more: 'Loads sooner, and memory can be shared or given back.',
    lessName: 'Read',
    less: 'Loads longer, and may then run faster on the processor, which can arrange the numbers as it likes them.',
  },
  flash_attention: {
    does: 'Another order of the same arithmetic, which keeps less in between.',
    moreName: 'On',
    more: 'Less memory in long conversations, mostly faster on graphics cards.',
    lessName: 'Off',
    less: 'Often faster on processors.',
  },
  kv_cache_type: {
    does: 'With how many bits each number is kept of what the model remembers of a conversation: f16, q8_0 or q4_0.',
    moreName: 'More bits',
    more: 'Answers as the model was made to give them.',
    lessName: 'Fewer bits',
    less: 'Half the memory or less for long conversations, but answers may differ slightly.',
  },
  num_parallel: {
    does: 'For how many conversations at once the model server keeps memory.',
    moreName: 'More',
    more: 'Several programs or people are answered at the same time.',
    lessName: 'One',
    less: 'Needs the least memory; a second conversation waits for the first.',
  },
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
      case 'kv_cache_type':
        return `context as ${String(value)}`
      case 'num_parallel':
        return `room for ${plural(count, shown, 'conversation', 'conversations')}`
    }
  }
  return {
    names,
    about,
    explain: (name: ParameterName) => `What is ${name}?`,
    does: 'What it does',
    found: 'What Attune found here',
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
