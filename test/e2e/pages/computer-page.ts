import { expect, type Page } from 'playwright/test'
import { modelPage } from './model-page.ts'

/** Step 1. */
export function computerPage(page: Page) {
  return {
    heading: page.getByRole('heading', { level: 1, name: 'Your computer' }),
    startOllama: page.getByRole('button', { name: 'Start Ollama' }),
    installOllama: page.getByRole('button', { name: 'Get Ollama' }),
    checkAgain: page.getByRole('button', { name: 'Check again' }),
    async gotoModel() {
      await page.getByRole('button', { name: 'Choose a model' }).click()
      const model = modelPage(page)
      await expect(model.heading).toBeVisible()
      return model
    },
  }
}
