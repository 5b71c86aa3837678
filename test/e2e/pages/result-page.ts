import { expect, type Page } from 'playwright/test'
import { savePage } from './save-page.ts'

/** Step 6. */
export function resultPage(page: Page) {
  const alternatives = page.getByRole('region', { name: 'Measured setups, best first' })
  const open = async (part: string) => {
    await page.getByRole('button', { name: part }).click()
  }
  const save = page.getByRole('button', { name: 'Save this setup' })
  return {
    heading: page.getByRole('heading', { level: 1, name: /^Result for/ }),
    save,
    change: (name: string) => page.getByRole('heading', { level: 3, name }),
    /** A part of the page by its heading. */
    panel: (name: string) => page.getByRole('region', { name }),
    alternatives,
    /** One of the fastest, the balanced and the lightest setup, by its heading. */
    way: (name: string | RegExp) => page.getByRole('heading', { level: 3, name }),
    /** Opens one of the pictures under "Look closer". */
    open,
    /** The setup that is looked at in the picture of speed against memory. */
    setup: page.getByRole('combobox', { name: 'Look at a setup' }),
    goal: (name: 'Quick replies' | 'Long answers' | 'Less memory') =>
      page.getByRole('radiogroup', { name: 'Judge the same measurements' }).getByRole('radio', { name }),
    another: page.getByRole('button', { name: 'Tune another model' }),
    showTrials: page.getByRole('button', { name: 'Show the trials' }),
    async gotoSave() {
      await save.click()
      return arriveAtSave(page)
    },
    /** Saves one of the measured setups instead, by what stands in its row: "8 threads". */
    async gotoSaveOf(settings: string) {
      await open('Everything that was measured')
      await alternatives.getByRole('button', { name: `Save this: ${settings}`, exact: true }).click()
      return arriveAtSave(page)
    },
  }
}

async function arriveAtSave(page: Page) {
  const arrived = savePage(page)
  await expect(arrived.heading).toBeVisible()
  return arrived
}
