/**
 * How heavy and how quick the window is: script that the first page loads, and how soon it answers while a study of
 * 200 trials streams in.
 *
 *     npm run bench:window
 *
 * Builds the window as `npm start` does and shows it in Chromium over the real host of browser mode, behind which a
 * scripted main tells of a trial every 50 ms. Answers are timed as the browser itself does (Event Timing: from the
 * key to the next frame that is painted, in steps of 8 ms); as Web Vitals has it, two of a hundred may be slower.
 */
import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright/test'
import { launchChromium } from '../../scripts/chromium.ts'
import { ensureBuilt } from '../../main/shells/build.ts'
import { startFakeMain, type FakeMain } from '../e2e/fake-main/server.ts'
import { runningStudy, scriptedTrial } from '../e2e/fake-main/fixtures/studies.ts'
import { runPage } from '../e2e/pages/run-page.ts'
import { attuneWindow } from '../e2e/pages/window.ts'
import { print } from './printing.ts'

const trials = 200
const millisecondsPerTrial = 50
const millisecondsBetweenKeys = 60
/** Trials of the script that end in a figure or a failure, dealt over and over. */
const scripted = 8
const mostScriptKiB = 200
const mostMilliseconds = 100

/** Keeps the duration of every interaction; those below the shortest that browsers tell of count as that. */
const recordInteractions = `
  window.interactions = []
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.interactionId > 0) window.interactions.push(entry.duration)
  }).observe({ type: 'event', durationThreshold: 16, buffered: true })
`

await ensureBuilt(process.cwd(), () => print('building the window …'))
const browser = await launchChromium(print)
try {
  const kibibytes = await firstLoadKiB(browser)
  print(`script of the first page   ${kibibytes.toFixed(0)} KiB gzipped (at most ${mostScriptKiB})`)
  const durations = (await answersWhileStreaming(browser)).toSorted((a, b) => a - b)
  const at = (share: number) => durations[Math.ceil(share * durations.length) - 1] ?? Infinity
  const slow = at(0.98)
  print(
    `interaction to next paint  median ${at(0.5)} ms, 98 of 100 within ${slow} ms (at most ${mostMilliseconds}), longest ${at(1)} ms, of ${durations.length}`,
  )
  if (kibibytes > mostScriptKiB || slow > mostMilliseconds) process.exitCode = 1
} finally {
  await browser.close()
}

/** Gzipped size of every script that the first page asks for. */
async function firstLoadKiB(browser: Browser): Promise<number> {
  const main = await startFakeMain('sixModels', {}, { rendererFolder: 'out/renderer' })
  const page = await browser.newPage()
  const sizes: Promise<number>[] = []
  page.on('response', (response) => {
    if (!response.url().endsWith('.js')) return
    sizes.push(response.body().then((body) => gzipSync(body).length))
  })
  await attuneWindow(page).open(main.url)
  await page.waitForLoadState('networkidle')
  const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
  await page.close()
  await main.close()
  return total / 1024
}

/** Milliseconds of every interaction while the trials come. */
async function answersWhileStreaming(browser: Browser): Promise<number[]> {
  const study = { ...runningStudy('study-0001', 0), trials: [] }
  const main = await startFakeMain(
    'running',
    { studies: [study], activeId: study.id },
    { rendererFolder: 'out/renderer' },
  )
  const page = await browser.newPage()
  await page.addInitScript(recordInteractions)
  await attuneWindow(page).open(main.url)
  await page.locator('.main-svg').first().waitFor()
  const end = new AbortController()
  const streaming = stream(main, study.id).finally(() => end.abort())
  while (!end.signal.aborted) await interact(page)
  await streaming
  const durations = await page.evaluate<number[]>('window.interactions')
  await page.close()
  await main.close()
  return durations
}

async function stream(main: FakeMain, id: string): Promise<void> {
  for (let number = 1; number <= trials; number++) {
    const of = 1 + ((number - 1) % scripted)
    main.events.emit({ type: 'study.trial', id, trial: { ...scriptedTrial(of, false), number } })
    await pause(millisecondsPerTrial / 2)
    main.events.emit({ type: 'study.trial', id, trial: { ...scriptedTrial(of, true), number } })
    await pause(millisecondsPerTrial / 2)
  }
}

/** What a person may do on that page: open or close the table of all trials, and move on with the keyboard. */
async function interact(page: Page): Promise<void> {
  await runPage(page).showTable.focus()
  await page.keyboard.press('Enter')
  await pause(millisecondsBetweenKeys)
  await page.keyboard.press('Tab')
  await pause(millisecondsBetweenKeys)
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
