import { describe, expect, it } from 'vitest'
import { acceptFileDrops } from '../../../renderer/ui/browser/file-drop.ts'

/** What a window tells of files that are drawn over it and dropped. */
function aWindow(): { window: Window; drop: (files: readonly string[]) => boolean[] } {
  const target = new EventTarget()
  const drop = (files: readonly string[]) =>
    ['dragover', 'drop'].map((type) => {
      const event = new Event(type, { cancelable: true })
      Object.assign(event, { dataTransfer: { files } })
      target.dispatchEvent(event)
      return event.defaultPrevented
    })
  return { window: target as Window, drop }
}

describe('a file dropped on the window', () => {
  it('is opened, and the page stays', () => {
    const opened: unknown[] = []
    const { window, drop } = aWindow()
    acceptFileDrops(window, (file) => opened.push(file))
    expect(drop(['model.gguf', 'other.gguf'])).toEqual([true, true])
    expect(opened).toEqual(['model.gguf'])
  })

  it('may be a piece of text instead, which is nothing to open', () => {
    const opened: unknown[] = []
    const { window, drop } = aWindow()
    acceptFileDrops(window, (file) => opened.push(file))
    drop([])
    expect(opened).toEqual([])
  })
})
