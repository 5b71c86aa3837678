import type { Language } from '../preload/contract/settings.ts'
import { languageSchema } from '../preload/contract/settings.ts'
import type { EventBus } from './event-bus.ts'
import type { Router } from './router.ts'
import { translated } from './words/translated.ts'

interface Doors {
  router: Router
  events: EventBus
}

/**
 * The locale of the computer: of the environment, as POSIX reads it, or of the system where that says nothing.
 * Variables that are set to nothing count as not set, which Node's own reading takes otherwise.
 */
export function computerLocale(env: Readonly<Record<string, string | undefined>>, systemLocale: string): string {
  return [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((value) => value) ?? systemLocale
}

/** The language that Attune speaks for a locale ("de-AT"); English where it speaks none of its own. */
export function supportedLanguage(locale: string): Language {
  return languageSchema.safeParse(locale.toLowerCase().split(/[-_.]/)[0]).data ?? 'en'
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
