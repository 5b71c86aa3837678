import type { Language } from '../preload/contract/settings.ts'
import { languageSchema } from '../preload/contract/settings.ts'
import type { EventBus } from './event-bus.ts'
import type { Router } from './router.ts'
import { translated } from './words/translated.ts'

interface Doors {
  router: Router
  events: EventBus
}

/** The language that Attune speaks for a locale ("de-AT"); English where it speaks none of its own. */
export function supportedLanguage(locale: string): Language {
  return languageSchema.safeParse(locale.toLowerCase().split(/[-_]/)[0]).data ?? 'en'
}

/**
 * The same doors with every sentence that leaves by them in the present language. Inside and on the disk sentences
 * are English, so that a study can be read in whichever language is chosen later.
 */
export function inLanguage({ router, events }: Doors, language: () => Language): Doors {
  return {
    router: { handle: async (route, input) => translated(await router.handle(route, input), language()) },
    events: {
      emit: (event) => events.emit(event),
      subscribe: (listener) => events.subscribe((event) => listener(translated(event, language()))),
    },
  }
}
