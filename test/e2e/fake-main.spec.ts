import { readFile } from 'node:fs/promises'
import { expect, test } from 'playwright/test'
import { isLoadedOnly, phone, screens, shortlyMilliseconds } from './fake-main/screen-list.ts'
import { settingsIn, type Scenario, type ScenarioName } from './fake-main/scenarios.ts'
import { startFakeMain, type FakeMain, type FakeMainOptions } from './fake-main/server.ts'
import { computerPage } from './pages/computer-page.ts'
import { libraryPage } from './pages/library-page.ts'
import { modelPage } from './pages/model-page.ts'
import { resultPage } from './pages/result-page.ts'
import { runPage } from './pages/run-page.ts'
import { savePage } from './pages/save-page.ts'
import { settingsPage } from './pages/settings-page.ts'
import { attuneWindow } from './pages/window.ts'

let main: FakeMain | null = null

async function start(name: ScenarioName, change?: Partial<Scenario>, options?: FakeMainOptions): Promise<FakeMain> {
  main = await startFakeMain(name, change, options)
  return main
}

test.afterEach(async () => {
  await main?.close()
  main = null
})

/** All of axe's rules that look at colours: between the schemes nothing else differs. */
const rulesOfColor = ['color-contrast', 'link-in-text-block']

test.describe('every screen', () => {
  for (const screen of screens) {
    test(`${screen.name} does not jump, is accessible, keeps to its policy and fits a phone`, async ({ page }) => {
      const { scenario, language = 'en', hash, act } = screen
      const late = isLoadedOnly(screen) ? { lateMilliseconds: shortlyMilliseconds } : screen
      const host = await start(scenario, { settings: settingsIn(language) }, late)
      const attune = attuneWindow(page)
      await attune.open(host.url, hash)
      if (isLoadedOnly(screen)) {
        await attune.awaitEverything()
        await attune.expectNothingMoved()
      }
      await act?.(page, host)
      // Another language changes nothing that axe looks at.
      if (language === 'en') {
        await page.emulateMedia({ colorScheme: 'light' })
        await attune.expectAccessible()
        await page.emulateMedia({ colorScheme: 'dark' })
        await attune.expectAccessible(rulesOfColor)
      }
      await page.setViewportSize(phone)
      await attune.expectNoSidewaysScrolling()
      await attune.expectNoPolicyViolation()
    })
  }
})

test.describe('the wizard', () => {
  test('leads from the computer to a saved and undone model', async ({ page }) => {
    const { url } = await start('sixModels')
    const attune = attuneWindow(page)
    await attune.open(url)
    const model = await computerPage(page).gotoModel()
    await expect(model.model('qwen2.5:14b')).toBeChecked()
    const goal = await model.gotoGoal()
    await expect(goal.goal('Quick replies')).toBeChecked()
    const plan = await goal.gotoPlan()
    await expect(plan.parameter('Processor threads')).toBeVisible()
    const result = await (await plan.gotoRun()).awaitResult()
    await expect(attune.heading).toBeFocused()
    await expect(result.change('Layers on the graphics card')).toBeVisible()

    const save = await result.gotoSave()
    await expect(save.name).toHaveValue('qwen2.5:14b-attuned')
    await expect(save.modelfile).toContainText('PARAMETER num_gpu 26')
    await save.register.click()
    await expect(save.certificate('qwen2.5:14b-attuned')).toBeVisible()
    await expect(save.promiseKept).toBeVisible()
    await save.undo('qwen2.5:14b-attuned').click()
    await expect(save.undone).toBeVisible()
    await attune.expectNoPolicyViolation()
  })

  test('writes the practice model when it is first used', async ({ page }) => {
    const { url } = await start('noOllama')
    await attuneWindow(page).open(url)
    const model = await computerPage(page).gotoModel()
    await expect(model.practice).toBeChecked()
    await model.gotoGoal()
  })

  test('keeps every choice on the way back', async ({ page }) => {
    const { url } = await start('sixModels')
    const attune = attuneWindow(page)
    await attune.open(url, '#/model')
    await modelPage(page).model('gemma3:4b-it-qat').check()
    const goal = await modelPage(page).gotoGoal()
    await goal.goal('Less memory').check()
    await goal.moreOptions.click()
    await goal.context('8,192 tokens').check()
    await goal.option('Load again at the end what is loaded now').uncheck()
    await goal.budget('Quick').check()
    const plan = await goal.gotoPlan()
    await plan.back()
    await expect(goal.goal('Less memory')).toBeChecked()
    await expect(goal.context('8,192 tokens')).toBeChecked()
    await expect(goal.budget('Quick')).toBeChecked()
    await page.reload()
    await expect(goal.context('8,192 tokens')).toBeChecked()
    await expect(goal.option('Load again at the end what is loaded now')).not.toBeChecked()
    await expect(goal.option('Look at processor and memory first')).not.toBeChecked()
    await page.goBack()
    await page.goBack()
    await expect(goal.heading).toBeVisible()
    await page.goBack()
    await expect(modelPage(page).model('gemma3:4b-it-qat')).toBeChecked()
  })

  test('offers no longer conversations than the model can have', async ({ page }) => {
    const { url } = await start('sixModels')
    await attuneWindow(page).open(url, '#/model')
    await modelPage(page).model('phi4-mini:3.8b').check()
    const goal = await modelPage(page).gotoGoal()
    await goal.moreOptions.click()
    await expect(goal.context('4,096 tokens')).toBeChecked()
    await expect(goal.context('8,192 tokens')).toHaveCount(0)
  })

  test('says what is wrong with a file and takes one that is right', async ({ page }) => {
    const { url } = await start('noOllama')
    await attuneWindow(page).open(url, '#/model')
    const model = modelPage(page)
    await model.openFile('/models/story.txt')
    await expect(page.getByRole('alert')).toContainText('This is not a GGUF file.')
    await page.getByRole('textbox', { name: 'Path of a GGUF file' }).fill('/models/tiny-llama.gguf')
    await page.getByRole('button', { name: 'Open file' }).click()
    await expect(model.model('tiny-llama')).toBeChecked()
  })

  test('starts an Ollama that is stopped', async ({ page }) => {
    const { url } = await start('stoppedOllama')
    await attuneWindow(page).open(url)
    await computerPage(page).startOllama.click()
    await expect(page.getByText('Ollama is running')).toBeVisible()
  })
})

test.describe('a running study', () => {
  test('is what a window shows that is opened anew, and again after a reload', async ({ page }) => {
    const { url } = await start('running')
    await attuneWindow(page).open(url)
    const run = runPage(page)
    await expect(run.position).toHaveText('Trial 8 of about 12')
    await expect(page).toHaveTitle('Trial 8 of 12 · Attune')
    await page.reload()
    await expect(run.position).toHaveText('Trial 8 of about 12')
  })

  test('moves nothing on the screen while it measures', async ({ page }) => {
    const { url } = await start('running')
    const attune = attuneWindow(page)
    await attune.open(url)
    await expect(page.locator('.main-svg').first()).toBeVisible()
    expect(await attune.runningAnimations()).toBe(0)
    await attune.expectNoPolicyViolation()
  })

  test('can be paused and goes on to its result', async ({ page }) => {
    const { url } = await start('running', { pace: 20 })
    await attuneWindow(page).open(url)
    const run = runPage(page)
    await run.pause.click()
    await expect(page.getByText('The study is paused.')).toBeVisible()
    await run.resume.click()
    await run.awaitResult()
  })

  test('can be stopped, which asks first and keeps what was found', async ({ page }) => {
    const { url } = await start('running')
    await attuneWindow(page).open(url)
    const run = runPage(page)
    await run.stopAndKeep()
    await run.awaitResult()
  })

  test('lists its trials in a table', async ({ page }) => {
    const { url } = await start('running')
    await attuneWindow(page).open(url)
    const run = runPage(page)
    await run.showTable.click()
    await expect(run.trialsTable.getByRole('row')).toHaveCount(9)
    await expect(run.trialsTable).toContainText('did not fit into memory')
  })

  test('survives a lost connection in plain sight, and goes on once Attune is back', async ({ page, context }) => {
    const host = await start('running')
    const attune = attuneWindow(page)
    await attune.open(host.url)
    await expect(runPage(page).position).toBeVisible()
    await host.close()
    await expect(attune.connectionLost).toBeVisible()
    await expect(runPage(page).position).toBeVisible()
    await page.getByRole('button', { name: 'Try now' }).click()
    await expect(page.getByText('Nothing answers yet.')).toBeVisible()

    main = await startFakeMain('interrupted', {}, { port: Number(new URL(host.url).port) })
    // Its own window lets this browser in again.
    await (await context.newPage()).goto(main.url)
    await expect(attune.connectionLost).toBeHidden({ timeout: 20_000 })
    await expect(runPage(page).heading).toHaveText(/^Interrupted/)
    await runPage(page).resume.click()
    await expect(runPage(page).heading).toHaveText(/^Measuring/)
    await attune.expectNoPolicyViolation()
  })
})

test.describe('a result', () => {
  test('that says “keep” offers nothing to save', async ({ page }) => {
    const { url } = await start('keep')
    await attuneWindow(page).open(url, '#/study/study-0001')
    await expect(page.getByText('Your settings are already right: keep them.')).toBeVisible()
    await expect(resultPage(page).save).toHaveCount(0)
  })

  test('can be judged for another goal', async ({ page }) => {
    const { url } = await start('improved')
    await attuneWindow(page).open(url, '#/study/study-0001')
    const result = resultPage(page)
    await result.goal('Less memory').check()
    await expect(page.getByText('Your settings are already right: keep them.')).toBeVisible()
    await result.goal('Quick replies').check()
    await expect(result.save).toBeVisible()
  })

  test('offers the fastest, the balanced and the lightest setup in words', async ({ page }) => {
    const { url } = await start('improved')
    await attuneWindow(page).open(url, '#/study/study-0001')
    const result = resultPage(page)
    await expect(result.way('Fastest')).toBeVisible()
    await expect(result.way('Lightest')).toBeVisible()
    await expect(page.getByText('It leaves', { exact: false }).first()).toContainText('GB of memory')
    await page.getByRole('button', { name: 'Save this: 24 layers on the graphics card, 8 threads' }).click()
    await expect(savePage(page).modelfile).toContainText('PARAMETER num_gpu 24')
  })

  test('has a picture in which a point is chosen by click or keyboard, and saved', async ({ page }) => {
    const { url } = await start('improved')
    const attune = attuneWindow(page)
    await attune.open(url, '#/study/study-0001')
    const result = resultPage(page)
    await result.open('Speed against memory')
    await expect(page.locator('.main-svg').first()).toBeVisible()
    await page.locator('.scatterlayer .trace').nth(1).locator('.point').nth(4).click({ force: true })
    await expect(result.setup.locator('option:checked')).toHaveText(/22 layers/)
    await result.setup.selectOption('4 threads')
    await page.getByRole('button', { name: 'Save this: 4 threads', exact: true }).click()
    await expect(savePage(page).modelfile).toContainText('PARAMETER num_thread 4')
    await attune.expectNoPolicyViolation()
  })

  test('gives its pictures and figures as files', async ({ page }) => {
    const { url } = await start('improved')
    const attune = attuneWindow(page)
    await attune.open(url, '#/study/study-0001')
    await resultPage(page).open('Speed against memory')
    for (const [kind, start] of [
      ['CSV', 'Settings,'],
      ['SVG', '<svg'],
      ['PNG', '\x89PNG'],
    ] as const) {
      const downloading = page.waitForEvent('download')
      await page.getByRole('button', { name: `Save as ${kind}:` }).click()
      const download = await downloading
      expect(download.suggestedFilename()).toBe(`attune-choices.${kind.toLowerCase()}`)
      expect(await readFile(await download.path(), 'latin1')).toMatch(new RegExp(`^${start}`))
    }
    await attune.expectNoPolicyViolation()
  })

  test('can be kept as one page that needs nothing else, and as data', async ({ page }) => {
    const { url } = await start('improved')
    await attuneWindow(page).open(url, '#/study/study-0001')
    const save = async (name: string) => {
      const downloading = page.waitForEvent('download')
      await page.getByRole('button', { name }).click()
      const download = await downloading
      return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') }
    }
    const data = await save('Save as data (JSON)')
    expect(JSON.parse(data.text)).toMatchObject({ goal: 'chat', verdict: { kind: 'improved' } })
    const report = await save('Save as a page (HTML)')
    expect(report.name).toBe('attune-qwen2.5-14b-2026-11-20.html')
    await page.goto('about:blank')
    const requests: string[] = []
    page.on('request', (request) => requests.push(request.url()))
    await page.setContent(report.text)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('What Attune found for qwen2.5:14b')
    await attuneWindow(page).expectAccessible()
    expect(requests).toEqual([])
  })

  test('lets another measured setup be saved instead', async ({ page }) => {
    const { url } = await start('improved')
    await attuneWindow(page).open(url, '#/study/study-0001')
    const save = await resultPage(page).gotoSaveOf('4 threads')
    await expect(save.modelfile).toContainText('PARAMETER num_thread 4')
    await expect(save.modelfile).not.toContainText('num_gpu')
  })

  test('can be kept as a file', async ({ page }) => {
    const { url } = await start('improved')
    await attuneWindow(page).open(url, '#/study/study-0001/save')
    const downloading = page.waitForEvent('download')
    await savePage(page).saveFile.click()
    const download = await downloading
    expect(download.suggestedFilename()).toBe('qwen2.5-14b-attuned.Modelfile')
    expect(await readFile(await download.path(), 'utf8')).toContain('PARAMETER num_gpu 26')
  })

  test('refuses a name that a model has already', async ({ page }) => {
    const { url } = await start('improved')
    await attuneWindow(page).open(url, '#/study/study-0001/save')
    const save = savePage(page)
    await save.name.fill('llama3.2:3b')
    await expect(page.getByText('There is a model called llama3.2:3b already.')).toBeVisible()
    await expect(save.register).toBeDisabled()
  })
})

test.describe('the library', () => {
  test('opens, compares and deletes studies', async ({ page }) => {
    const { url } = await start('library')
    const attune = attuneWindow(page)
    await attune.open(url)
    await attune.gotoLibrary()
    const library = libraryPage(page)
    await expect(library.studies).toHaveCount(5)
    await library.mark('qwen2.5:14b').check()
    await library.mark('llama3.2:3b').check()
    await library.compareMarked()
    await expect(library.comparison).toContainText('26 layers on the graphics card, 8 threads')
    await expect(page.getByText('more time than with the first', { exact: false })).toBeVisible()
    await attune.gotoLibrary()
    await library.remove('gemma3:4b-it-qat')
    await expect(library.studies).toHaveCount(4)
    await library.study('llama3.2:3b').click()
    await expect(resultPage(page).heading).toHaveText('Result for llama3.2:3b')
  })
})

test.describe('the settings', () => {
  test('turn the window dark and keep it so', async ({ page }) => {
    const { url } = await start('sixModels')
    const attune = attuneWindow(page)
    await attune.open(url)
    await attune.gotoSettings()
    await settingsPage(page).scheme('Dark').check()
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
    await page.reload()
    await expect(settingsPage(page).scheme('Dark')).toBeChecked()
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  })

  test('tell what Attune runs on, and show its folders', async ({ page }) => {
    const { url } = await start('sixModels')
    const attune = attuneWindow(page)
    await attune.open(url, '#/settings')
    await expect(page.getByText('Node 24.21.0')).toBeVisible()
    await settingsPage(page).logs.click()
    await expect(page.getByRole('alert')).toHaveCount(0)
  })

  test('change the language of the window and of what main says', async ({ page }) => {
    const { url } = await start('improved')
    const attune = attuneWindow(page)
    await attune.open(url, '#/settings')
    // Not check(): the page begins anew with the choice.
    await settingsPage(page).language('Deutsch').click()
    await expect(page.getByRole('heading', { level: 1, name: 'Einstellungen' })).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('lang', 'de')
    await page.goto(new URL('#/study/study-0001', page.url()).href)
    await expect(page.getByText('Bessere Einstellungen gefunden: 20,9 % weniger Zeit je Antwort')).toBeVisible()
    await attune.expectNoPolicyViolation()
  })
})
