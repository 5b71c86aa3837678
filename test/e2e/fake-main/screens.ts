import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser } from 'playwright'
import { launchChromium } from '../../../scripts/chromium.ts'
import { makeContactSheet } from './contact-sheet.ts'
import { settingsIn } from './scenarios.ts'
import { phone, screens, type Screen } from './screen-list.ts'
import { buildRenderer, startFakeMain } from './server.ts'

const viewports = {
  wide: { width: 1280, height: 800 },
  small: { width: 900, height: 600 },
  phone,
}

/** `only`: a part of the pictures’ names; `--again`: those that are there already. A contact sheet shows them all. */
async function shoot(browser: Browser, screen: Screen, folder: string): Promise<void> {
  for (const [size, viewport] of Object.entries(viewports)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const picture = `${screen.name}-${size}-${colorScheme}`
      const path = join(folder, `${picture}.png`)
      if (!picture.includes(only) || (again && !existsSync(path))) continue
      const settings = settingsIn(screen.language ?? 'en')
      const main = await startFakeMain(screen.scenario, { settings }, screen)
      const page = await browser.newPage({ viewport, colorScheme })
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') console.log(`${screen.name}: ${message.text()}`)
      })
      page.on('pageerror', (error) => console.log(`${screen.name}: ${error.message}`))
      await page.goto(new URL(screen.hash, main.url).href)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await screen.act?.(page, main)
      await page.waitForLoadState('networkidle')
      // A window as high as its page: in a longer picture the bar at the foot would cover what lies below it.
      if (size !== 'small') {
        const height = Number(await page.evaluate('document.documentElement.scrollHeight'))
        await page.setViewportSize({ width: viewport.width, height: Math.max(height, viewport.height) })
      }
      await page.waitForTimeout(200)
      await page.screenshot({ path })
      await page.close()
      await main.close()
    }
  }
}

const {
  positionals: [folder = 'out/fake-main/screens', only = ''],
  values: { again = false },
} = parseArgs({ allowPositionals: true, options: { again: { type: 'boolean' } } })
mkdirSync(folder, { recursive: true })
await buildRenderer()
const browser = await launchChromium((line) => process.stdout.write(`${line}\n`))
for (const screen of screens) await shoot(browser, screen, folder)
if (!again) await makeContactSheet(browser, folder)
await browser.close()
