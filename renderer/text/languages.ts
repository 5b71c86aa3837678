import type { Language } from '../../preload/contract/settings.ts'

/** Each in itself, so that whoever cannot read the present one finds theirs. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' }
