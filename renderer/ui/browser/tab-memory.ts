/** What a browser keeps for this one tab, over a reload; nothing where it is told to keep nothing. */
export function createTabMemory(window: Window, key: string) {
  return {
    read(): string | null {
      try {
        return window.sessionStorage.getItem(key)
      } catch {
        return null
      }
    },
    write(text: string): void {
      try {
        window.sessionStorage.setItem(key, text)
      } catch {
        // Then a reload begins anew, which loses a few choices at most.
      }
    },
  }
}
