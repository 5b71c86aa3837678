import { expect, type Page } from 'playwright/test'
import { resultPage } from './result-page.ts'

/** Step 5. */
export function runPage(page: Page) {
  return {
    heading: page.getByRole('heading', { level: 1, name: /^(Measuring|Paused|Interrupted|Could not go on|Trials of)/ }),
    /** "Trial 3 of about 12" */
    position: page.getByText(/^Trial \d+ of about \d+$/),
    progress: page.getByRole('progressbar', { name: 'Trials done' }),
    pause: page.getByRole('button', { name: 'Pause' }),
    resume: page.getByRole('button', { name: 'Go on' }),
    skip: page.getByRole('button', { name: 'Skip this trial' }),
    showTable: page.getByRole('button', { name: 'Show as a table' }),
    trialsTable: page.getByRole('region', { name: 'trial by trial' }),
    newStudy: page.getByRole('button', { name: 'Start a new study' }),
    /** Stops the study by way of the question whether to. */
    async stopAndKeep() {
      await page.getByRole('button', { name: 'Stop and keep' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Stop and show the result' }).click()
    },
    /** Waits for the study's end, looking ever more rarely: looking often would disturb what is measured. */
    async awaitResult(options: { timeout?: number } = {}) {
      const result = resultPage(page)
      const intervals = [100, 250, 500, 1000, 5000]
      await expect.poll(() => result.heading.isVisible(), { intervals, ...options }).toBe(true)
      return result
    },
  }
}
