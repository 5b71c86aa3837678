/**
 * What Attune itself takes of the processor while it measures: on a busy processor decoding falls to a tenth, so the
 * window and its host must not be what disturbs the measurement.
 *
 *     npm run bench:footprint [-- --seconds 60]
 *
 * Starts browser mode and a study of the practice model in Chromium, then adds up processor time over the seconds
 * asked for, from /proc (Linux only): the host's own process, all of Chromium, and the engine for comparison; once
 * while trials run, which is when it matters, and once over everything, the search between the trials included.
 */
import { parseArgs } from 'node:util'
import { WebSocket } from 'ws'
import { z } from 'zod'
import type { ProcessTimes } from '../../main/hardware/processor/process-times.ts'
import { readLinuxProcesses } from '../../main/measure/processor-watch.ts'
import { ensureBuilt } from '../../main/shells/build.ts'
import { launchChromium } from '../../scripts/chromium.ts'
import { computerPage } from '../e2e/pages/computer-page.ts'
import { attuneWindow } from '../e2e/pages/window.ts'
import { removeHome, startApp, temporaryHome } from '../e2e/running-app.ts'
import { print } from './printing.ts'
import { residentMiB } from './processes.ts'

const mostPercent = 3

type Part = 'host' | 'window' | 'engine'

/** Wall time, and the processor time that each part has had in it. */
interface Account extends Record<Part, number> {
  seconds: number
}

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' } } })
await ensureBuilt(process.cwd(), () => print('building the window …'))
const home = await temporaryHome()
const app = await startApp(home)
const hostPid = app.process.pid ?? 0
// The process that Chromium keeps ready for the next page is none of Attune's window.
const browser = await launchChromium(print, ['--disable-features=SpareRendererForSitePerProcess'])
try {
  const page = await browser.newPage()
  await attuneWindow(page).open(app.url)
  const model = await computerPage(page).gotoModel()
  await model.practice.check()
  const run = await (await (await model.gotoGoal({ timeout: 60_000 })).gotoPlan()).gotoRun()
  await run.position.waitFor()
  // Chart and page settle after the first trial has begun.
  await page.waitForTimeout(10_000)

  const whole = account()
  const trials: Account = { seconds: 0, host: 0, window: 0, engine: 0 }
  let trial: ReturnType<typeof account> | null = account()
  const endTrial = () => {
    if (trial !== null) add(trials, trial())
    trial = null
  }
  const unfollow = followTrials(app.url, { begun: () => (trial = account()), ended: endTrial })
  await page.waitForTimeout(Number(values.seconds) * 1000)
  endTrial()
  unfollow()
  tell('while trials ran', trials)
  tell('over everything', whole())
  print(`host           ${residentMiB(hostPid).toFixed(0)} MiB resident`)
  if (percentOf(trials, 'host') + percentOf(trials, 'window') > mostPercent) process.exitCode = 1
} finally {
  await browser.close()
  await app.close()
  await removeHome(home)
}

/** Begins to count; the function returned tells what each part has had since. */
function account(): () => Account {
  const processes = () => readLinuxProcesses(new Set())
  const before = new Map(processes().map(({ pid, seconds }) => [pid, seconds]))
  const start = performance.now()
  return () => {
    const total: Account = { seconds: (performance.now() - start) / 1000, host: 0, window: 0, engine: 0 }
    for (const process of processes()) {
      const part = partOf(process)
      if (part !== null) total[part] += process.seconds - (before.get(process.pid) ?? 0)
    }
    return total
  }
}

function partOf({ pid, parentPid, name }: ProcessTimes): Part | null {
  if (pid === hostPid) return 'host'
  if (parentPid === hostPid) return 'engine'
  return name.startsWith('chrom') ? 'window' : null
}

function add(sum: Account, more: Account): void {
  for (const key of ['seconds', 'host', 'window', 'engine'] as const) sum[key] += more[key]
}

function percentOf(total: Account, part: Part): number {
  return (100 * total[part]) / total.seconds
}

function tell(when: string, total: Account): void {
  const shown = (part: Part) => `${part} ${percentOf(total, part).toFixed(2)} %`
  print(`${when} (${total.seconds.toFixed(0)} s): ${shown('host')}, ${shown('window')}, ${shown('engine')} of a core`)
}

/** Listens as another window would. Returns the function that ends it. */
function followTrials(url: string, told: { begun: () => void; ended: () => void }): () => void {
  const { port, searchParams, origin } = new URL(url)
  const headers = { origin, cookie: `attune-${port}=${searchParams.get('token')}` }
  const trialSchema = z.object({
    event: z.object({ type: z.literal('study.trial'), trial: z.object({ outcome: z.unknown() }) }),
  })
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, { headers })
  socket.on('message', (data: Buffer) => {
    const { data: message } = trialSchema.safeParse(JSON.parse(data.toString('utf8')))
    if (message?.event.trial.outcome === null) told.begun()
    else if (message) told.ended()
  })
  return () => socket.close()
}
