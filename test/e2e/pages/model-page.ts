import { expect, type Page } from 'playwright/test'
import { goalPage } from './goal-page.ts'

/** Step 2. */
export function modelPage(page: Page) {
  return {
    heading: page.getByRole('heading', { level: 1, name: 'Which model?' }),
    model: (name: string) => page.getByRole('radio', { name, exact: true }),
    practice: page.getByRole('radio', { name: 'Practice model' }),
    practiceProgress: page.getByRole('progressbar', { name: 'Practice model written' }),
    async openFile(path: string): Promise<void> {
      await page.getByRole('button', { name: 'Open a model file from disk' }).click()
      await page.getByRole('textbox', { name: 'Path of a GGUF file' }).fill(path)
      await page.getByRole('button', { name: 'Open file' }).click()
    },
    /** Writes the practice model first if that is the one chosen, which takes a while. */
    async gotoGoal(options: { timeout?: number } = {}) {
      await page.getByRole('button', { name: 'Set the goal' }).click()
      const goal = goalPage(page)
      await expect(goal.heading).toBeVisible(options)
      return goal
    },
  }
}
