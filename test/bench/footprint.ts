/**
 * What Attune itself takes of the processor while it measures: on a busy processor decoding falls to a tenth, so the
 * window and its host must not be what disturbs the measurement.
 *
 *     npm run bench:footprint [-- --seconds 60]
 *
 * Starts browser mode and a study of the practice model in Chromium, then adds up processor time over the seconds
 * asked for, from /proc (Linux only): the host's own process, all of Chromium, and the engine for comparison.
 */
import { readdir, readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright/test'
import { findOrInstallChromium } from '../../scripts/chromium.ts'
import { computerPage } from '../e2e/pages/computer-page.ts'
import { attuneWindow } from '../e2e/pages/window.ts'
import { removeHome, startApp, temporaryHome } from '../e2e/running-app.ts'

/** Linux counts processor time in hundredths of a second on every architecture that Node supports. */
const ticksPerSecond = 100

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' } } })
const executablePath = findOrInstallChromium(print)
if (executablePath === null) throw new Error('No Chromium could be found or installed')

const home = await temporaryHome()
const app = await startApp(home)
const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
try {
  const page = await browser.newPage()
  await attuneWindow(page).open(app.url)
  const model = await computerPage(page).gotoModel()
  await model.practice.check()
  const run = await (await (await model.gotoGoal({ timeout: 60_000 })).gotoPlan()).gotoRun()
  await run.position.waitFor()
  // Chart and page settle after the first trial has begun.
  await page.waitForTimeout(10_000)
  const hostPid = app.process.pid ?? 0
  const [before, start] = [await readProcesses(), performance.now()]
  await page.waitForTimeout(Number(values.seconds) * 1000)
  const [after, seconds] = [await readProcesses(), (performance.now() - start) / 1000]

  const share = (pids: readonly number[]) => {
    const used = pids.reduce((sum, pid) => sum + (after.get(pid)?.ticks ?? 0) - (before.get(pid)?.ticks ?? 0), 0)
    return `${((100 * used) / ticksPerSecond / seconds).toFixed(2)} % of a core`
  }
  const named = (name: RegExp) => [...after].filter(([, entry]) => name.test(entry.name)).map(([pid]) => pid)
  const engine = [...after].filter(([, entry]) => entry.parent === hostPid).map(([pid]) => pid)
  print(`over ${seconds.toFixed(0)} s of a running study`)
  print(`host           ${share([hostPid])}, ${await residentMiB(hostPid)} MiB resident`)
  print(`window         ${share(named(/^chrom/))}`)
  print(`engine         ${share(engine)}`)
} finally {
  await browser.close()
  await app.close()
  await removeHome(home)
}

interface ProcessEntry {
  name: string
  parent: number
  /** User and system time together. */
  ticks: number
}

async function readProcesses(): Promise<Map<number, ProcessEntry>> {
  const entries = new Map<number, ProcessEntry>()
  for (const folder of await readdir('/proc')) {
    if (!/^\d+$/.test(folder)) continue
    // A process may end between the listing and the reading.
    const stat = await readFile(`/proc/${folder}/stat`, 'utf8').catch(() => null)
    const match = /^\d+ \((.*)\) (.*)$/s.exec(stat ?? '')
    const fields = match?.[2]?.split(' ') ?? []
    if (match === null) continue
    entries.set(Number(folder), {
      name: match[1] ?? '',
      parent: Number(fields[1]),
      ticks: Number(fields[11]) + Number(fields[12]),
    })
  }
  return entries
}

async function residentMiB(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
