import { _electron as electron, expect, test } from 'playwright/test'
import { installedElectron } from '../../main/shells/electron/binary.ts'
import { computerPage } from './pages/computer-page.ts'
import { removeHome, temporaryHome } from './running-app.ts'

const executablePath = installedElectron(process.cwd())
if (executablePath === null) console.warn('SKIPPED: no Electron program here; "npx install-electron" downloads it.')

test('the Electron window leads from the computer to a plan', async () => {
  test.skip(executablePath === null, 'The Electron program is not here; "npx install-electron" downloads it.')
  const home = await temporaryHome()
  const app = await electron.launch({
    executablePath: executablePath ?? '',
    args: ['.'],
    env: { ...process.env, ATTUNE_HOME: home, OLLAMA_HOST: 'http://127.0.0.1:9' },
  })
  try {
    const page = await app.firstWindow()
    const model = await computerPage(page).gotoModel()
    await model.practice.check()
    const plan = await (await model.gotoGoal({ timeout: 60_000 })).gotoPlan()
    await expect(plan.start).toBeVisible()
  } finally {
    await app.close()
    await removeHome(home)
  }
})
