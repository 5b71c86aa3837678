/**
 * How soon Attune is there, and what it takes while nobody uses it.
 *
 *     npm run bench:start [-- --starts 5]
 *
 * Starts browser mode as `npm start` does once it is built: seconds until its address answers with the page (median
 * of the starts), milliseconds until Chromium paints the first of it, and the memory of the host that nobody has
 * asked anything for some seconds (Linux only).
 */
import { parseArgs } from 'node:util'
import { ensureBuilt } from '../../main/shells/build.ts'
import { launchChromium } from '../../scripts/chromium.ts'
import { removeHome, startApp, temporaryHome } from '../e2e/running-app.ts'
import { median } from './figures.ts'
import { print } from './printing.ts'
import { residentMiB } from './processes.ts'

const mostSeconds = 1.5
const mostPaintMilliseconds = 1000
const mostResidentMiB = 120
const idleSeconds = 5

const { values } = parseArgs({ options: { starts: { type: 'string', default: '5' } } })
await ensureBuilt(process.cwd(), () => print('building …'))

const home = await temporaryHome()
const seconds: number[] = []
const paints: number[] = []
const resident: number[] = []
try {
  for (let i = 0; i < Number(values.starts); i++) {
    const begin = performance.now()
    const app = await startApp(home)
    try {
      await fetch(app.url)
      seconds.push((performance.now() - begin) / 1000)
      paints.push(await firstPaintMilliseconds(app.url))
      await new Promise((resolve) => setTimeout(resolve, idleSeconds * 1000))
      if (process.platform === 'linux') resident.push(residentMiB(app.process.pid ?? 0))
    } finally {
      await app.close()
    }
  }
} finally {
  await removeHome(home)
}

const [start, paint, memory] = [median(seconds), median(paints), median(resident)]
print(`address answers after    ${start.toFixed(2)} s (at most ${mostSeconds})`)
print(`first contentful paint   ${paint.toFixed(0)} ms (at most ${mostPaintMilliseconds})`)
print(`idle host                ${memory.toFixed(0)} MiB resident (at most ${mostResidentMiB})`)
if (start > mostSeconds || paint > mostPaintMilliseconds || memory > mostResidentMiB) process.exitCode = 1

async function firstPaintMilliseconds(url: string): Promise<number> {
  const browser = await launchChromium(print)
  try {
    const page = await browser.newPage()
    await page.goto(url)
    await page.getByRole('heading', { level: 1 }).waitFor()
    return await page.evaluate<number>(
      "performance.getEntriesByName('first-contentful-paint').map((entry) => entry.startTime)[0]",
    )
  } finally {
    await browser.close()
  }
}
