import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright'
import { build } from 'vite'
import type { ScenarioName } from './scenarios.ts'
import { startFakeMain } from './server.ts'

interface Screen {
  name: string
  scenario: ScenarioName
  hash: string
  /** What to do before the picture is taken. */
  act?: (page: Page) => Promise<void>
}

const study = '#/study/study-0001'
const toGoal = async (page: Page) => {
  await page.getByRole('button', { name: 'Set the goal' }).click()
}
const toPlan = async (page: Page) => {
  await toGoal(page)
  await page.getByRole('button', { name: 'Make a plan' }).click()
}

export const screens: Screen[] = [
  { name: '1-computer', scenario: 'sixModels', hash: '#/' },
  { name: '1-computer-no-ollama', scenario: 'noOllama', hash: '#/' },
  { name: '1-computer-stopped', scenario: 'stoppedOllama', hash: '#/' },
  { name: '1-computer-unreachable', scenario: 'unreachableOllama', hash: '#/' },
  { name: '2-model', scenario: 'sixModels', hash: '#/model' },
  { name: '2-model-no-ollama', scenario: 'noOllama', hash: '#/model' },
  { name: '2-model-unreachable', scenario: 'unreachableOllama', hash: '#/model' },
  { name: '3-goal', scenario: 'sixModels', hash: '#/model', act: toGoal },
  { name: '4-plan', scenario: 'sixModels', hash: '#/model', act: toPlan },
  { name: '5-run', scenario: 'running', hash: '#/' },
  { name: '5-run-paused', scenario: 'paused', hash: '#/' },
  { name: '5-run-interrupted', scenario: 'interrupted', hash: study },
  { name: '5-run-failed', scenario: 'failed', hash: study },
  {
    name: '5-run-stop',
    scenario: 'running',
    hash: '#/',
    act: (page) => page.getByRole('button', { name: 'Stop and keep' }).click(),
  },
  { name: '6-result', scenario: 'improved', hash: study },
  { name: '6-result-keep', scenario: 'keep', hash: study },
  { name: '7-save', scenario: 'improved', hash: `${study}/save` },
  { name: '7-saved', scenario: 'saved', hash: `${study}/save` },
  { name: '8-library', scenario: 'library', hash: '#/library' },
  { name: '8-library-empty', scenario: 'sixModels', hash: '#/library' },
  { name: '8-compare', scenario: 'library', hash: '#/compare/study-0001/study-0002' },
  { name: '9-settings', scenario: 'sixModels', hash: '#/settings' },
]

const viewports = {
  wide: { width: 1280, height: 800 },
  small: { width: 900, height: 600 },
  phone: { width: 380, height: 720 },
}

async function shoot(browser: Browser, screen: Screen, folder: string): Promise<void> {
  for (const [size, viewport] of Object.entries(viewports)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const main = await startFakeMain(screen.scenario)
      const page = await browser.newPage({ viewport, colorScheme })
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') console.log(`${screen.name}: ${message.text()}`)
      })
      page.on('pageerror', (error) => console.log(`${screen.name}: ${error.message}`))
      await page.goto(main.url)
      await page.goto(new URL(screen.hash, page.url()).href)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await screen.act?.(page)
      await page.waitForLoadState('networkidle')
      // A window as high as its page: in a longer picture the bar at the foot would cover what lies below it.
      if (size !== 'small') {
        const height = Number(await page.evaluate('document.documentElement.scrollHeight'))
        await page.setViewportSize({ width: viewport.width, height: Math.max(height, viewport.height) })
      }
      await page.waitForTimeout(200)
      await page.screenshot({ path: join(folder, `${screen.name}-${size}-${colorScheme}.png`) })
      await page.close()
      await main.close()
    }
  }
}

const [folder = 'out/fake-main/screens', only = ''] = process.argv.slice(2)
mkdirSync(folder, { recursive: true })
await build({ configFile: resolve(import.meta.dirname, 'vite.config.ts') })
const executablePath = process.env['ATTUNE_CHROMIUM']
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
for (const screen of screens.filter(({ name }) => name.includes(only))) await shoot(browser, screen, folder)
await browser.close()
