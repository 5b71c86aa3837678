import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser } from 'playwright'
import { settingsIn } from './scenarios.ts'
import { screens, type Screen } from './screen-list.ts'
import { buildRenderer, startFakeMain } from './server.ts'

const viewports = {
  wide: { width: 1280, height: 800 },
  small: { width: 900, height: 600 },
  phone: { width: 380, height: 720 },
}

async function shoot(browser: Browser, screen: Screen, folder: string): Promise<void> {
  for (const [size, viewport] of Object.entries(viewports)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const picture = `${screen.name}-${size}-${colorScheme}`
      if (!picture.includes(only)) continue
      const main = await startFakeMain(screen.scenario, { settings: settingsIn(screen.language ?? 'en') })
      const page = await browser.newPage({ viewport, colorScheme })
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') console.log(`${screen.name}: ${message.text()}`)
      })
      page.on('pageerror', (error) => console.log(`${screen.name}: ${error.message}`))
      await page.goto(main.url)
      await page.goto(new URL(screen.hash, page.url()).href)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await screen.act?.(page, main)
      await page.waitForLoadState('networkidle')
      // A window as high as its page: in a longer picture the bar at the foot would cover what lies below it.
      if (size !== 'small') {
        const height = Number(await page.evaluate('document.documentElement.scrollHeight'))
        await page.setViewportSize({ width: viewport.width, height: Math.max(height, viewport.height) })
      }
      await page.waitForTimeout(200)
      await page.screenshot({ path: join(folder, `${picture}.png`) })
      await page.close()
      await main.close()
    }
  }
}

const [folder = 'out/fake-main/screens', only = ''] = process.argv.slice(2)
mkdirSync(folder, { recursive: true })
await buildRenderer()
const executablePath = process.env['ATTUNE_CHROMIUM']
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
for (const screen of screens) await shoot(browser, screen, folder)
await browser.close()
