import { expect, test, type Locator, type Page } from 'playwright/test'
import { phone } from './fake-main/screen-list.ts'
import { startFakeMain, type FakeMain } from './fake-main/server.ts'
import { computerPage } from './pages/computer-page.ts'
import { goalPage } from './pages/goal-page.ts'
import { modelPage } from './pages/model-page.ts'
import { planPage } from './pages/plan-page.ts'
import { resultPage } from './pages/result-page.ts'
import { savePage } from './pages/save-page.ts'
import { attuneWindow } from './pages/window.ts'

const tag = 'qwen2.5:14b-attuned'

let main: FakeMain

test.beforeEach(async () => {
  main = await startFakeMain('sixModels')
})

test.afterEach(() => main.close())

/** Goes on with Tab until this has the focus, as nobody else would have to more often. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  const mostSteps = 60
  for (let step = 0; step < mostSteps; step++) {
    await page.keyboard.press('Tab')
    if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return
  }
  await expect(target, 'cannot be reached with Tab').toBeFocused()
}

async function press(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeEnabled()
  await tabTo(page, target)
  await page.keyboard.press('Enter')
}

test('the keyboard alone leads from the start to a saved and undone model', async ({ page }) => {
  const attune = attuneWindow(page)
  await attune.open(main.url)
  await press(page, page.getByRole('button', { name: 'Choose a model' }))
  await expect(attune.heading).toBeFocused()

  await tabTo(page, modelPage(page).model('qwen2.5:14b'))
  await page.keyboard.press('ArrowDown')
  await expect(modelPage(page).model('qwen2.5:14b')).not.toBeChecked()
  await page.keyboard.press('ArrowUp')
  await expect(modelPage(page).model('qwen2.5:14b')).toBeChecked()
  await press(page, page.getByRole('button', { name: 'Set the goal' }))
  await expect(attune.heading).toBeFocused()

  await tabTo(page, goalPage(page).goal('Quick replies'))
  await press(page, goalPage(page).moreOptions)
  await expect(goalPage(page).context('4,096 tokens')).toBeChecked()
  await press(page, page.getByRole('button', { name: 'Make a plan' }))
  await expect(attune.heading).toBeFocused()

  await press(page, page.getByRole('button', { name: 'What is num_thread?' }))
  await expect(page.getByRole('dialog', { name: 'What is num_thread?' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog', { name: 'What is num_thread?' })).toBeHidden()
  await expect(page.getByRole('button', { name: 'What is num_thread?' })).toBeFocused()
  await press(page, planPage(page).start)

  await expect(resultPage(page).heading).toBeFocused()
  await press(page, resultPage(page).save)
  await press(page, savePage(page).register)
  await expect(savePage(page).certificate(tag)).toBeVisible()
  await expect(attune.heading).toBeFocused()
  await press(page, savePage(page).undo(tag))
  await expect(savePage(page).undone).toBeVisible()
})

test('a phone leads from the start to a saved model without scrolling sideways', async ({ page }) => {
  await page.setViewportSize(phone)
  const attune = attuneWindow(page)
  await attune.open(main.url)
  await attune.expectNoSidewaysScrolling()
  const model = await computerPage(page).gotoModel()
  await attune.expectNoSidewaysScrolling()
  const goal = await model.gotoGoal()
  await goal.moreOptions.click()
  await attune.expectNoSidewaysScrolling()
  const plan = await goal.gotoPlan()
  await page.getByRole('button', { name: 'What is num_gpu?' }).click()
  await expect(page.getByRole('dialog', { name: 'What is num_gpu?' })).toBeInViewport({ ratio: 1 })
  await attune.expectNoSidewaysScrolling()
  await page.keyboard.press('Escape')
  const result = await (await plan.gotoRun()).awaitResult()
  await attune.expectNoSidewaysScrolling()
  const save = await result.gotoSave()
  await save.register.click()
  await expect(save.certificate(tag)).toBeVisible()
  await page.getByRole('button', { name: 'Your own programs' }).click()
  await attune.expectNoSidewaysScrolling()
  await attune.expectNoPolicyViolation()
})

test('text of twice the size stays within the window', async ({ page }) => {
  const attune = attuneWindow(page)
  await attune.open(main.url)
  await page.evaluate("document.documentElement.style.fontSize = '200%'")
  await attune.expectNoSidewaysScrolling()
  const goal = await (await computerPage(page).gotoModel()).gotoGoal()
  await goal.moreOptions.click()
  await attune.expectNoSidewaysScrolling()
  const plan = await goal.gotoPlan()
  await attune.expectNoSidewaysScrolling()
  await (await plan.gotoRun()).awaitResult()
  await attune.expectNoSidewaysScrolling()
})
