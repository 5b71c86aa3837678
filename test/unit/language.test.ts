import { describe, expect, it } from 'vitest'
import type { AttuneEvent } from '../../preload/contract/events.ts'
import type { Language } from '../../preload/contract/settings.ts'
import { createEventBus } from '../../main/event-bus.ts'
import { computerLocale, inLanguage, supportedLanguage } from '../../main/language.ts'
import { say } from '../../main/words/say.ts'

const activity = say({ code: 'measure.loading', values: {} })
const progress: AttuneEvent = { type: 'register.progress', id: 'study-0001', share: 0.5, activity }

function doorsIn(language: () => Language) {
  const events = createEventBus()
  const error = { code: 'notFound', message: 'There is no study 7.', hint: 'Choose one from the library.' } as const
  const router = { handle: async () => ({ ok: false, error }) as const }
  return { inside: events, doors: inLanguage({ router, events }, language) }
}

describe('what leaves by a door', () => {
  it('is in the language of the moment, answers and events alike', async () => {
    let language: Language = 'en'
    const { inside, doors } = doorsIn(() => language)
    const heard: string[] = []
    doors.events.subscribe((event) => {
      if (event.type === 'register.progress') heard.push(event.activity.text)
    })
    inside.emit(progress)
    language = 'de'
    inside.emit(progress)
    expect(heard).toEqual([activity.text, 'Das Modell wird mit diesen Einstellungen geladen.'])
    expect(await doors.router.handle('study.get', {})).toMatchObject({
      error: { message: 'Eine Studie 7 gibt es nicht.', hint: 'Wähle eine aus der Bibliothek.' },
    })
  })

  it('leaves what is inside as it is', () => {
    const { inside, doors } = doorsIn(() => 'de')
    const insideTexts: string[] = []
    inside.subscribe((event) => {
      if (event.type === 'register.progress') insideTexts.push(event.activity.text)
    })
    doors.events.emit(progress)
    expect(insideTexts).toEqual([activity.text])
  })
})

describe('the language of a computer', () => {
  it('is one that Attune speaks, English if it speaks none of its own', () => {
    const spoken = (locale: string) => [locale, supportedLanguage(locale)]
    expect(['de-AT', 'de', 'de_DE.UTF-8', 'de.UTF-8', 'en-GB', 'fr-FR', 'C', 'und', ''].map(spoken)).toEqual([
      ['de-AT', 'de'],
      ['de', 'de'],
      ['de_DE.UTF-8', 'de'],
      ['de.UTF-8', 'de'],
      ['en-GB', 'en'],
      ['fr-FR', 'en'],
      ['C', 'en'],
      ['und', 'en'],
      ['', 'en'],
    ])
  })

  it('is that of the environment, else that of the system', () => {
    expect(computerLocale({ LC_ALL: 'de_AT', LANG: 'en_US' }, 'fr')).toBe('de_AT')
    expect(computerLocale({ LC_ALL: '', LC_MESSAGES: '', LANG: 'de_DE.UTF-8' }, 'fr')).toBe('de_DE.UTF-8')
    expect(computerLocale({}, 'de-CH')).toBe('de-CH')
  })
})
