import { expect, test } from 'playwright/test'
import { progressOf, runningStudy, scriptedTrial, scriptLength } from './fake-main/fixtures/studies.ts'
import { studyId } from './fake-main/scenarios.ts'
import { isLoadedOnly, phone, screens, shortlyMilliseconds } from './fake-main/screen-list.ts'
import { startFakeMain, type FakeMain } from './fake-main/server.ts'
import { runPage } from './pages/run-page.ts'
import { attuneWindow } from './pages/window.ts'

/** The most often that a picture is drawn anew. */
const drawnMilliseconds = 250

const disturbed = {
  outcome: {
    kind: 'interference',
    message: 'Another program, a web browser, kept two of the processor’s cores busy for most of this trial.',
  },
} as const

let main: FakeMain | null = null

test.afterEach(async () => {
  await main?.close()
  main = null
})

test.describe('nothing jumps in a phone', () => {
  test.use({ viewport: phone })

  // Each page once: what is the same in all its states is the same here too. Those of a window are looked at with all
  // else that holds of every screen.
  for (const screen of screens.filter((screen) => isLoadedOnly(screen) && /^\d-\w+$/.test(screen.name))) {
    test(`when the data of ${screen.name} come late`, async ({ page }) => {
      main = await startFakeMain(screen.scenario, {}, { lateMilliseconds: shortlyMilliseconds })
      const attune = attuneWindow(page)
      await attune.open(main.url, screen.hash)
      await attune.awaitEverything()
      await attune.expectNothingMoved()
    })
  }
})

for (const { name, viewport } of [
  { name: 'a window', viewport: { width: 1280, height: 800 } },
  { name: 'a phone', viewport: phone },
]) {
  test.describe(`nothing jumps in ${name}`, () => {
    test.use({ viewport })

    test('while a study streams in', async ({ page }) => {
      let study = runningStudy(studyId, 0)
      main = await startFakeMain('running', { studies: [study] })
      const attune = attuneWindow(page)
      await attune.open(main.url)
      await attune.awaitEverything()
      for (let number = 1; number <= scriptLength; number++) {
        for (const hasEnded of [false, true]) {
          const trial = { ...scriptedTrial(number, hasEnded), ...(hasEnded && number === 4 ? disturbed : {}) }
          study = { ...study, trials: [...study.trials.filter((known) => known.number !== number), trial] }
          main.events.emit({ type: 'study.trial', id: studyId, trial })
          main.events.emit({ type: 'study.progress', id: studyId, progress: progressOf(study) })
          await page.waitForTimeout(drawnMilliseconds)
        }
        await expect(runPage(page).position).toContainText(String(number))
      }
      await attune.expectNothingMoved()
    })
  })
}
