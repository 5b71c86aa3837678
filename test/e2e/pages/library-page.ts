import { expect, type Page } from 'playwright/test'

/** The library and the comparison that is opened from it. */
export function libraryPage(page: Page) {
  return {
    studies: page.getByRole('listitem').filter({ has: page.getByRole('checkbox') }),
    /** Opens the first study of a model. */
    study: (model: string) => page.getByRole('link', { name: model, exact: true }).first(),
    mark: (model: string) => page.getByRole('checkbox', { name: `Mark ${model},` }).first(),
    async compareMarked(): Promise<void> {
      await page.getByRole('button', { name: 'Compare the two' }).click()
      await expect(page.getByRole('heading', { level: 1, name: 'Two studies side by side' })).toBeVisible()
    },
    comparison: page.getByRole('region', { name: 'Two studies side by side' }),
    /** Deletes the first study of a model by way of the question whether to. */
    async remove(model: string): Promise<void> {
      await page
        .getByRole('button', { name: `Delete ${model},` })
        .first()
        .click()
      await page.getByRole('dialog').getByRole('button', { name: 'Delete the study' }).click()
    },
  }
}
