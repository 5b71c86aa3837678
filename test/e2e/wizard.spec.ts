import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { createEngine } from '../../main/engine/launcher.ts'
import { createEngineLibrary } from '../../main/engine/library-client.ts'
import { createDaemonClient } from '../../main/ollama/client.ts'
import { computerPage } from './pages/computer-page.ts'
import { runPage } from './pages/run-page.ts'
import { attuneWindow } from './pages/window.ts'
import { removeHome, startApp, temporaryHome, type RunningApp } from './running-app.ts'

// Real studies on the real engine: minutes, not milliseconds.
test.describe.configure({ mode: 'serial', timeout: 15 * 60_000 })

const sabotagedThreads = 4 * availableParallelism()

let home = ''
let app: RunningApp

/** Leaves the practice model in the engine's library, and a tag of it with far too many threads. */
async function prepareModels(): Promise<void> {
  const dataFolder = join(home, 'engine')
  const engine = createEngine({ dataFolder })
  try {
    const practice = await createEngineLibrary({ dataFolder, engine }).writePractice(() => undefined)
    const daemon = createDaemonClient({ kind: 'builtIn', url: await engine.start() })
    await daemon.createModel({ name: 'crowded', from: practice, parameters: { num_thread: sabotagedThreads } })
  } finally {
    await engine.stop()
  }
}

test.beforeAll(async () => {
  home = await temporaryHome()
  await prepareModels()
  app = await startApp(home)
})

test.afterAll(async () => {
  await app.close()
  await removeHome(home)
})

test('a setup with too many threads is repaired, saved, measured as saved, and undone', async ({ page }) => {
  const attune = attuneWindow(page)
  await attune.open(app.url)
  const model = await computerPage(page).gotoModel()
  await model.model('crowded:latest').check()
  const goal = await model.gotoGoal()
  await goal.budget('Quick').check()
  const plan = await goal.gotoPlan()
  await expect(plan.parameter('Processor threads')).toBeVisible()
  const run = await plan.gotoRun()
  await expect(run.position).toBeVisible()

  const result = await run.awaitResult({ timeout: 12 * 60_000 })
  await expect(result.change('Processor threads')).toBeVisible()
  await expect(result.panel('What changes, and why')).toContainText(new RegExp(`${sabotagedThreads}\\s*becomes`))

  const save = await result.gotoSave()
  await expect(save.name).toHaveValue('crowded-attuned')
  await expect(save.modelfile).toContainText('FROM crowded:latest')
  await expect(save.modelfile).toContainText(/PARAMETER num_thread [012]\b/)
  await save.register.click()
  await expect(save.certificate('crowded-attuned:latest')).toBeVisible({ timeout: 120_000 })
  await expect(save.promiseKept).toBeVisible({ timeout: 120_000 })

  await save.undo('crowded-attuned:latest').click()
  await expect(save.undone).toBeVisible()
  await attune.expectNoPolicyViolation()
  await attune.gotoTune()
  const again = await computerPage(page).gotoModel()
  await expect(again.model('crowded:latest')).toBeVisible()
  await expect(again.model('crowded-attuned:latest')).toHaveCount(0)
})

test('a study survives the death of the program and goes on', async ({ page }) => {
  const attune = attuneWindow(page)
  await attune.open(app.url)
  const model = await computerPage(page).gotoModel()
  await model.practice.check()
  const goal = await model.gotoGoal()
  await goal.budget('Quick').check()
  const run = await (await goal.gotoPlan()).gotoRun()
  await expect(run.position).toHaveText(/^Trial [2-9]/, { timeout: 180_000 })

  await app.kill()
  await expect(attune.connectionLost).toBeVisible()
  app = await startApp(home)
  await attune.open(app.url)
  const interrupted = runPage(page)
  await expect(interrupted.heading).toHaveText(/^Interrupted/)
  await interrupted.resume.click()
  await expect(interrupted.heading).toHaveText(/^Measuring/)
  await expect(interrupted.position).toHaveText(/^Trial [3-9]/, { timeout: 120_000 })

  await interrupted.stopAndKeep()
  await interrupted.awaitResult({ timeout: 60_000 })
})
