import type { ErrorReport } from '../../preload/contract/errors.ts'
import type { Api } from '../../preload/contract/routes.ts'
import { reportOf } from '../connection/request-error.ts'
import { formatLocation, parseLocation, type Location } from './location.ts'
import { loading, ready } from './remote.ts'
import type { AttuneStore } from './store.ts'

/** The address bar, or a test's own. */
export interface AddressBar {
  read(): string
  /** `replaces`: no new entry in the history. */
  write(hash: string, replaces: boolean): void
  watch(listener: () => void): void
}

export interface NavigationOptions {
  api: Api
  store: AttuneStore
  addressBar: AddressBar
  /** Milliseconds since the epoch. */
  now: () => number
  unknownError: ErrorReport
}

/** Moving between pages, and the study that belongs to the page. */
export function createNavigation({ api, store, addressBar, now, unknownError }: NavigationOptions) {
  const { getState, setState } = store

  const isShown = (id: string) => {
    const { location } = getState()
    return location.page === 'study' && location.id === id
  }

  /** Asks for a study and shows it, unless the window has moved on meanwhile. */
  async function openStudy(id: string): Promise<void> {
    const { openStudy: open } = getState()
    if (open.kind !== 'ready' || open.value.id !== id) setState({ openStudy: loading, progress: null })
    try {
      const { study, progress } = await api['study.get']({ id })
      const timed = progress === null ? null : { ...progress, receivedAt: now() }
      if (isShown(id)) setState({ openStudy: ready(study), progress: timed })
    } catch (error) {
      if (isShown(id)) setState({ openStudy: { kind: 'failed', error: reportOf(error, unknownError) } })
    }
  }

  /** There is one study at a time: while one is under way, the way to a new one leads to it. */
  function redirect(location: Location): Location {
    const { activeStudyId } = getState()
    const isBlocked = location.page === 'new' && activeStudyId !== null
    return isBlocked ? { page: 'study', id: activeStudyId, step: null } : location
  }

  function arrive(asked: Location): void {
    const location = redirect(asked)
    if (location !== asked) addressBar.write(formatLocation(location), true)
    const staysInStudy = location.page === 'study' && isShown(location.id)
    setState({ location })
    if (location.page === 'study' && !staysInStudy) void openStudy(location.id)
  }

  function goTo(location: Location): void {
    addressBar.write(formatLocation(location), false)
    arrive(location)
  }

  /** A window that is opened without a wish of its own shows the study that is under way. */
  async function findActiveStudy(): Promise<void> {
    // Without an answer there is nothing to show; the connection's own state tells of the trouble.
    const { id } = await api['study.current']({}).catch(() => ({ id: null }))
    setState({ activeStudyId: id })
    arrive(getState().location)
  }

  return {
    openStudy,
    goTo,
    findActiveStudy,
    /** Follows links, the Back button and addresses typed by hand. */
    followAddress: () => addressBar.watch(() => arrive(parseLocation(addressBar.read()))),
  }
}
