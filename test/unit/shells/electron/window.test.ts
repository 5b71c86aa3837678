import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { menuTemplate } from '../../../../main/shells/electron/menu.ts'
import { openWindow, rememberPlace, showWindow } from '../../../../main/shells/electron/window.ts'
import { openWindowMemory } from '../../../../main/shells/electron/window-memory.ts'
import { placeOnScreens, type Bounds } from '../../../../main/shells/electron/window-place.ts'
import { germanShell } from '../../../../main/words/german/shell.ts'
import { englishShell } from '../../../../main/words/shell.ts'
import * as electron from '../../../stubs/electron.ts'

let dataFolder = ''
beforeEach(async () => {
  electron.restart()
  dataFolder = await mkdtemp(join(tmpdir(), 'attune-window-'))
})
afterEach(() => rm(dataFolder, { recursive: true, force: true }))

const open = async () => {
  const memory = await openWindowMemory(dataFolder)
  const window = openWindow('/preload.cjs', memory)
  return { memory, window, played: window as unknown as electron.BrowserWindow }
}

describe('the window', () => {
  it('is sandboxed and isolated, and loads no dictionaries from anywhere', async () => {
    expect((await open()).played.options.webPreferences).toEqual({
      preload: '/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      spellcheck: false,
    })
  })

  it('appears only when there is something to see', async () => {
    const { played } = await open()
    expect(played.shown).toBe(false)
    played.fire('ready-to-show')
    expect(played.shown).toBe(true)
  })

  it('opens where it was closed, and as large', async () => {
    const first = await open()
    Object.assign(first.played.options, { x: 40, y: 50, width: 900, height: 700 })
    first.played.maximised = true
    first.played.close()
    await first.memory.written()
    const { played } = await open()
    expect(played.options).toMatchObject({ x: 40, y: 50, width: 900, height: 700 })
    expect(played.maximised).toBe(true)
  })

  it('opens in the middle where the file of its place is damaged', async () => {
    await writeFile(join(dataFolder, 'window.json'), '{"schemaVersion":1,"bounds":{"x":"left"}')
    const { played, window, memory } = await open()
    expect(played.options).toMatchObject({ width: 1280, height: 860 })
    expect(played.options.x).toBeUndefined()
    rememberPlace(window, memory)
    await memory.written()
    expect(JSON.parse(await readFile(join(dataFolder, 'window.json'), 'utf8'))).toMatchObject({ isMaximised: false })
  })

  it('comes before the eyes when it is asked for', async () => {
    const { played, window } = await open()
    played.minimised = true
    showWindow(window)
    expect(played).toMatchObject({ minimised: false, shown: true, focused: true })
  })
})

describe('the place on the screens', () => {
  const laptop: Bounds = { x: 0, y: 0, width: 1366, height: 728 }
  const beside: Bounds = { x: 1366, y: -200, width: 2560, height: 1400 }

  it('is kept on a second screen as long as that is there', () => {
    const kept = { x: 1500, y: 0, width: 1600, height: 1000 }
    expect(placeOnScreens(kept, [laptop, beside])).toEqual(kept)
    expect(placeOnScreens(kept, [laptop])).toEqual({ width: 1280, height: 728 })
  })

  it('is given up where the title bar cannot be grasped', () => {
    expect(placeOnScreens({ x: 100, y: -300, width: 800, height: 600 }, [laptop])).not.toHaveProperty('x')
    expect(placeOnScreens({ x: 1330, y: 100, width: 800, height: 600 }, [laptop])).not.toHaveProperty('x')
    expect(placeOnScreens({ x: 100, y: 727, width: 800, height: 600 }, [laptop])).not.toHaveProperty('x')
  })

  it('is always one that can be seen and used', () => {
    const pixels = fc.integer({ min: -20_000, max: 20_000 })
    const sizes = fc.integer({ min: 1, max: 20_000 })
    const kept = fc.record({ x: pixels, y: pixels, width: sizes, height: sizes })
    fc.assert(
      fc.property(fc.option(kept), (bounds) => {
        const place = placeOnScreens(bounds, [laptop, beside])
        expect(place.width).toBeGreaterThanOrEqual(380)
        expect(place.height).toBeGreaterThanOrEqual(560)
        if (place.x === undefined || place.y === undefined) return
        const { x, y, width = 0 } = place
        const isSeen = [laptop, beside].some(
          (screen) =>
            x + width > screen.x && x < screen.x + screen.width && y >= screen.y && y < screen.y + screen.height,
        )
        expect(isSeen).toBe(true)
      }),
      { seed: 7 },
    )
  })
})

describe.each([
  ['English', englishShell],
  ['German', germanShell],
])('the menu in %s', (_language, words) => {
  const folders: string[] = []
  const template = (platform: NodeJS.Platform, isPackaged = true) =>
    menuTemplate({
      platform,
      words,
      isPackaged,
      openFolder: (folder) => folders.push(folder),
      showAbout: () => undefined,
    }) as electron.MenuEntry[]
  const entries = (menus: electron.MenuEntry[]) => menus.flatMap(({ submenu }) => submenu ?? [])
  const roles = (menus: electron.MenuEntry[]) => entries(menus).flatMap(({ role }) => role ?? [])

  it.each(['win32', 'linux', 'darwin'] as const)('has what programs have on %s', (platform) => {
    const found = roles(template(platform))
    expect(found).toEqual(
      expect.arrayContaining(['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll', 'zoomIn', 'minimize', 'quit']),
    )
    expect(found.includes('hide')).toBe(platform === 'darwin')
    expect(entries(template(platform)).map(({ label }) => label)).toContain(words.menu.about)
  })

  it('says everything in words', () => {
    for (const { type, label } of entries(template('darwin')) as { type?: string; label?: string }[]) {
      if (type !== 'separator') expect(label).toBeTruthy()
    }
  })

  it('shows the logs by one click', () => {
    entries(template('linux'))
      .find(({ label }) => label === words.menu.logs)
      ?.click?.()
    expect(folders.at(-1)).toBe('logs')
  })

  it('offers developers’ tools to developers only', () => {
    expect(roles(template('linux'))).not.toContain('toggleDevTools')
    expect(roles(template('linux', false))).toContain('toggleDevTools')
  })
})
