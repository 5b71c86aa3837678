/** The steps before a study exists, in order. */
export const draftSteps = ['computer', 'model', 'goal', 'plan'] as const
export type DraftStep = (typeof draftSteps)[number]

/** The steps that show a study, in order. */
export const studySteps = ['run', 'result', 'save'] as const
export type StudyStep = (typeof studySteps)[number]

/** Where in the app the window is. It lives in the address, so that reloading and the Back button work. */
export type Location =
  | { page: 'new'; step: DraftStep }
  /** Step null: whichever step the study itself calls for. */
  | { page: 'study'; id: string; step: StudyStep | null }
  | { page: 'library' }
  | { page: 'compare'; left: string; right: string }
  | { page: 'settings' }

/** Reads the part of the address after `#`; anything unknown is the start. */
export function parseLocation(hash: string): Location {
  const [page = '', first = '', second = ''] = hash
    .replace(/^#?\/?/, '')
    .split('/')
    .map(decodePart)
  switch (page) {
    case 'study':
      return first === '' ? start : { page, id: first, step: studySteps.find((step) => step === second) ?? null }
    case 'library':
    case 'settings':
      return { page }
    case 'compare':
      return first === '' || second === '' ? { page: 'library' } : { page, left: first, right: second }
    default:
      return { page: 'new', step: draftSteps.find((step) => step === page) ?? 'computer' }
  }
}

export function formatLocation(location: Location): string {
  return `#/${parts(location).map(encodeURIComponent).join('/')}`
}

const start: Location = { page: 'new', step: 'computer' }

function parts(location: Location): string[] {
  switch (location.page) {
    case 'new':
      return location.step === 'computer' ? [] : [location.step]
    case 'study':
      return ['study', location.id, ...(location.step === null ? [] : [location.step])]
    case 'compare':
      return ['compare', location.left, location.right]
    case 'library':
    case 'settings':
      return [location.page]
  }
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return ''
  }
}
