import { expect, type Page } from 'playwright/test'
import { planPage } from './plan-page.ts'

/** Step 3. */
export function goalPage(page: Page) {
  return {
    heading: page.getByRole('heading', { level: 1, name: 'What matters to you?' }),
    goal: (name: 'Quick replies' | 'Long answers' | 'Less memory') => page.getByRole('radio', { name }),
    moreOptions: page.getByRole('button', { name: 'More options' }),
    /** Among the options; by its length in tokens, as it stands on the choice: "4,096 tokens". */
    context: (tokens: string) =>
      page
        .getByRole('radiogroup', { name: 'How long do conversations get' })
        .getByRole('radio', { description: tokens }),
    option: (name: 'Look at processor and memory first' | 'Load again at the end what is loaded now') =>
      page.getByRole('switch', { name }),
    budget: (name: 'Quick' | 'Standard' | 'Thorough') =>
      page.getByRole('radiogroup', { name: 'How much time may it take' }).getByRole('radio', { name }),
    async gotoPlan() {
      await page.getByRole('button', { name: 'Make a plan' }).click()
      const plan = planPage(page)
      await expect(plan.heading).toBeVisible()
      return plan
    },
  }
}
