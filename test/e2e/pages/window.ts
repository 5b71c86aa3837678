import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from 'playwright/test'

/** What belongs to every page of the window: opening it, moving between pages, and what must hold everywhere. */
export function attuneWindow(page: Page) {
  const nav = page.getByRole('navigation', { name: 'Pages' })
  return {
    heading: page.getByRole('heading', { level: 1 }),
    currentStep: page.getByRole('navigation', { name: 'Steps' }).locator('[aria-current="step"]'),
    connectionLost: page.getByRole('heading', { name: 'The connection to Attune is lost' }),

    /** Opens the window by the address that its host printed; `hash` is a place in it. */
    async open(url: string, hash = ''): Promise<void> {
      await page.addInitScript(recordViolations)
      await page.addInitScript(recordShifts)
      await page.goto(new URL(hash, url).href)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    },
    async gotoLibrary(): Promise<void> {
      await nav.getByRole('link', { name: 'Library' }).click()
      await expect(page.getByRole('heading', { level: 1, name: 'Library' })).toBeVisible()
    },
    async gotoSettings(): Promise<void> {
      await nav.getByRole('link', { name: 'Settings' }).click()
      await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
    },
    async gotoTune(): Promise<void> {
      await nav.getByRole('link', { name: 'Tune' }).click()
      await expect(page.getByRole('navigation', { name: 'Steps' })).toBeVisible()
    },

    /** @param rules all of axe's where absent */
    async expectAccessible(rules?: readonly string[]): Promise<void> {
      // Legacy mode is for pages without frames of other origins, as these are, and needs no second page for its report.
      const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
      if (rules) axe.withRules([...rules])
      const { violations } = await axe.analyze()
      expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map((node) => node.html) }))).toEqual([])
    },
    /** Nothing that the page did since it was opened was against its content security policy. */
    async expectNoPolicyViolation(): Promise<void> {
      expect(await page.evaluate('window.policyViolations')).toEqual([])
    },
    async expectNoSidewaysScrolling(): Promise<void> {
      const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
      expect(await page.evaluate(overflow)).toBeLessThanOrEqual(0)
    },
    /** All that was asked of main has come, and the pictures are drawn. */
    async awaitEverything(): Promise<void> {
      await expect(page.locator('[data-waiting]')).toHaveCount(0)
      const pictures = page.locator('figure')
      await expect(pictures.locator('.main-svg:first-child')).toHaveCount(await pictures.count())
      await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))')
    },
    /**
     * Nothing has changed its place since the page was opened, or the last time this was asked, other than by what the
     * person did: Chromium's own account of it.
     */
    async expectNothingMoved(): Promise<void> {
      const shifts = await page.evaluate<{ score: number; what: string[] }[]>('window.shifts.splice(0)')
      expect(shifts.filter(({ score }) => score > leastVisibleShift)).toEqual([])
    },
    /** The number of animations and transitions that are running. */
    runningAnimations: async (): Promise<unknown> => page.evaluate('document.getAnimations().length'),
  }
}

/** A line that moves by a pixel scores a few ten-thousandths; good by the web's own standard is 0.1 for a whole page. */
const leastVisibleShift = 0.001

const recordShifts = `
  window.shifts = []
  const rectangle = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(' ')
  new PerformanceObserver((list) => {
    for (const { hadRecentInput, value, sources } of list.getEntries()) {
      if (hadRecentInput) continue
      const what = sources.map(({ node, previousRect, currentRect }) =>
        [(node?.parentElement ?? node)?.textContent?.slice(0, 60), rectangle(previousRect), rectangle(currentRect)].join(' | '))
      window.shifts.push({ score: value, what })
    }
  }).observe({ type: 'layout-shift', buffered: true })
`

const recordViolations = `
  window.policyViolations = []
  document.addEventListener('securitypolicyviolation', (event) => {
    window.policyViolations.push(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sourceFile)
  })
`
