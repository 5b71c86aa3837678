import type { AddressBar } from '../../state/navigation.ts'

/** The browser's address, of which only the part after `#` is ours. */
export function createAddressBar(window: Window): AddressBar {
  return {
    read: () => window.location.hash,
    write(hash, replaces) {
      // Both ways change the address without an event, as the caller knows already.
      if (replaces) window.history.replaceState(null, '', hash)
      else window.history.pushState(null, '', hash)
    },
    watch(listener) {
      // Links and hand-typed addresses; Back and Forward cause it too, as only the hash changes.
      window.addEventListener('hashchange', listener)
    },
  }
}
