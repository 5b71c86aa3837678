import type { Page } from 'playwright'
import type { Language } from '../../../preload/contract/settings.ts'
import type { ScenarioName } from './scenarios.ts'
import type { FakeMain } from './server.ts'

/** One state of the window that is worth looking at. */
export interface Screen {
  name: string
  scenario: ScenarioName
  hash: string
  /** English unless said otherwise. */
  language?: Language
  /** As `FakeMainOptions`: how late answers come. */
  lateMilliseconds?: number
  /** What to do before the picture is taken. */
  act?: (page: Page, main: FakeMain) => Promise<void>
}

/** Screens that come of themselves, without anything being pressed; in one language, as it is the data that matter. */
export const isLoadedOnly = ({ act, lateMilliseconds, language }: Screen): boolean =>
  act === undefined && lateMilliseconds === undefined && language === undefined

/** The narrowest window that everything fits. */
export const phone = { width: 380, height: 720 }

/** Answers so late are waited for in sight. */
export const shortlyMilliseconds = 40

const study = '#/study/study-0001'
const never = 10 * 60_000
const toGoal = async (page: Page) => {
  await page.getByRole('button', { name: 'Set the goal' }).click()
}
const toOptions = async (page: Page) => {
  await toGoal(page)
  await page.getByRole('button', { name: 'More options' }).click()
  await page.getByRole('switch', { name: 'Try settings of the whole Ollama server' }).check()
}
const toPlan = async (page: Page) => {
  await toGoal(page)
  await page.getByRole('button', { name: 'Make a plan' }).click()
}

/** Ends the program behind the page. */
const losing = async (page: Page, main: FakeMain) => {
  await page.locator('.main-svg').first().waitFor()
  await main.close()
  await page.locator('main fieldset:disabled').waitFor({ state: 'attached' })
}

/** Opens parts under "Look closer" and waits for their pictures. */
const opening =
  (...parts: string[]) =>
  async (page: Page) => {
    for (const part of parts) {
      await page.getByRole('button', { name: part }).click()
      await page.locator('figure .main-svg, [role=region] table, section table, ul').first().waitFor()
    }
  }

export const screens: Screen[] = [
  { name: '1-computer', scenario: 'sixModels', hash: '#/' },
  { name: '1-computer-waiting', scenario: 'sixModels', hash: '#/', lateMilliseconds: never },
  { name: '1-computer-remote', scenario: 'remoteOllama', hash: '#/' },
  { name: '1-computer-no-ollama', scenario: 'noOllama', hash: '#/' },
  { name: '1-computer-stopped', scenario: 'stoppedOllama', hash: '#/' },
  { name: '1-computer-unreachable', scenario: 'unreachableOllama', hash: '#/' },
  { name: '2-model', scenario: 'sixModels', hash: '#/model' },
  { name: '2-model-no-ollama', scenario: 'noOllama', hash: '#/model' },
  { name: '2-model-unreachable', scenario: 'unreachableOllama', hash: '#/model' },
  { name: '3-goal', scenario: 'sixModels', hash: '#/model', act: toGoal },
  { name: '3-goal-options', scenario: 'sixModels', hash: '#/model', act: toOptions },
  { name: '4-plan', scenario: 'sixModels', hash: '#/model', act: toPlan },
  {
    name: '4-plan-hint',
    scenario: 'sixModels',
    hash: '#/model',
    act: async (page) => {
      await toPlan(page)
      await page.getByRole('button', { name: 'What is num_thread?' }).click()
    },
  },
  { name: '5-run', scenario: 'running', hash: '#/' },
  { name: '5-run-paused', scenario: 'paused', hash: '#/' },
  { name: '5-run-interrupted', scenario: 'interrupted', hash: study },
  { name: '5-run-failed', scenario: 'failed', hash: study },
  {
    name: '5-run-stop',
    scenario: 'running',
    hash: '#/',
    act: (page) => page.getByRole('button', { name: 'Stop and keep' }).click(),
  },
  { name: '5-run-lost', scenario: 'running', hash: '#/', act: losing },
  { name: '6-result', scenario: 'improved', hash: study },
  { name: '6-result-waiting', scenario: 'improved', hash: study, lateMilliseconds: never },
  { name: '6-result-choices', scenario: 'improved', hash: study, act: opening('Speed against memory') },
  { name: '6-result-settings', scenario: 'improved', hash: study, act: opening('Which settings', 'What each setting') },
  { name: '6-result-together', scenario: 'improved', hash: study, act: opening('Two settings', 'All setups') },
  { name: '6-result-minutes', scenario: 'improved', hash: study, act: opening('Where the minutes', 'Everything') },
  { name: '6-result-keep', scenario: 'keep', hash: study },
  { name: '7-save', scenario: 'improved', hash: `${study}/save` },
  { name: '7-save-environment', scenario: 'environment', hash: `${study}/save` },
  { name: '7-save-server', scenario: 'environmentAlone', hash: `${study}/save` },
  { name: '7-saved', scenario: 'saved', hash: `${study}/save` },
  {
    name: '7-saved-ways',
    scenario: 'saved',
    hash: `${study}/save`,
    act: async (page) => {
      for (const way of ['Open WebUI', 'Visual Studio Code', 'Command line', 'Your own programs']) {
        await page.getByRole('button', { name: way }).click()
      }
    },
  },
  { name: '8-library', scenario: 'library', hash: '#/library' },
  { name: '8-library-empty', scenario: 'sixModels', hash: '#/library' },
  { name: '8-compare', scenario: 'library', hash: '#/compare/study-0001/study-0002' },
  { name: '9-settings', scenario: 'sixModels', hash: '#/settings' },
  ...german([
    { name: '1-computer', scenario: 'noOllama', hash: '#/' },
    { name: '2-model', scenario: 'sixModels', hash: '#/model' },
    { name: '3-goal', scenario: 'sixModels', hash: '#/model', act: toGermanGoal },
    { name: '4-plan', scenario: 'sixModels', hash: '#/model', act: toGermanPlan },
    { name: '5-run', scenario: 'running', hash: '#/' },
    { name: '5-run-lost', scenario: 'running', hash: '#/', act: losing },
    { name: '6-result', scenario: 'improved', hash: study },
    { name: '6-result-keep', scenario: 'keep', hash: study },
    { name: '7-save', scenario: 'improved', hash: `${study}/save` },
    { name: '7-saved', scenario: 'saved', hash: `${study}/save` },
    { name: '8-library', scenario: 'library', hash: '#/library' },
    { name: '9-settings', scenario: 'sixModels', hash: '#/settings' },
  ]),
]

/** The longer words of German must fit as well. */
function german(inEnglish: Screen[]): Screen[] {
  return inEnglish.map((screen) => ({ ...screen, name: `${screen.name}-german`, language: 'de' }))
}

async function toGermanGoal(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Ziel festlegen' }).click()
}

async function toGermanPlan(page: Page): Promise<void> {
  await toGermanGoal(page)
  await page.getByRole('button', { name: 'Plan machen' }).click()
}
