import { expect, type Page } from 'playwright/test'
import { runPage } from './run-page.ts'

/** Step 4. */
export function planPage(page: Page) {
  const start = page.getByRole('button', { name: 'Start measuring' })
  return {
    heading: page.getByRole('heading', { level: 1, name: 'The plan' }),
    start,
    leftAlone: page.getByRole('button', { name: 'What is left alone' }),
    parameter: (name: string) => page.getByRole('heading', { level: 3, name }),
    async back(): Promise<void> {
      await page.getByRole('button', { name: 'Back' }).click()
    },
    /** Starts the study; the measuring or, after a very short study, already its result is shown then. */
    async gotoRun() {
      await start.click()
      const run = runPage(page)
      await expect(page.getByRole('heading', { level: 1, name: /^(Measuring|Result for|Trials of)/ })).toBeVisible()
      return run
    },
  }
}
