import { beforeEach, describe, expect, it } from 'vitest'
import type { Study } from '../../../../preload/contract/study.ts'
import { createEventBus } from '../../../../main/event-bus.ts'
import { keepAwake } from '../../../../main/shells/electron/habits/awake.ts'
import { tellOfTheEnd } from '../../../../main/shells/electron/habits/end-notice.ts'
import { quitWithCare } from '../../../../main/shells/electron/habits/quit.ts'
import { watchStudies, type StudyNews } from '../../../../main/shells/electron/habits/study-watch.ts'
import { pauseDuringSleep } from '../../../../main/shells/electron/habits/suspend.ts'
import { showOnTaskbar } from '../../../../main/shells/electron/habits/taskbar.ts'
import { englishShell } from '../../../../main/words/shell.ts'
import * as electron from '../../../stubs/electron.ts'
import { sampleStudy } from '../../store/sample-study.ts'

beforeEach(() => electron.restart())

const settled = () => new Promise((resolve) => setImmediate(resolve))
const words = () => englishShell
const someWindow = () => electron.BrowserWindow.opened[0] as never

/** A bus on which studies run, rest and end as they do in main. */
function aStudy() {
  const events = createEventBus()
  const studies = watchStudies(events)
  const become = (state: Study['state'], id = 'study-0001') =>
    events.emit({ type: 'study.changed', study: sampleStudy({ id, state }) })
  const progress = (elapsedSeconds: number, remainingSeconds: number | null) =>
    events.emit({
      type: 'study.progress',
      id: 'study-0001',
      progress: {
        trialNumber: 2,
        expectedTrials: 10,
        elapsedSeconds,
        remainingSeconds,
        activity: { code: 'x', values: {}, text: '' },
      },
    })
  return { studies, become, progress }
}

describe('the watch over studies', () => {
  it('tells of each turn once', () => {
    const { studies, become, progress } = aStudy()
    const news: StudyNews[] = []
    studies.subscribe((one) => news.push(one))
    for (const state of ['running', 'running', 'paused', 'running', 'finished', 'finished'] as const) become(state)
    progress(1, 1)
    expect(news.map(({ kind }) => kind)).toEqual(['running', 'resting', 'running', 'ended'])
    expect(studies.runningId).toBeNull()
  })

  it('leaves alone the studies of the library, which change as well', () => {
    const { studies, become } = aStudy()
    const news: StudyNews[] = []
    studies.subscribe((one) => news.push(one))
    become('finished', 'study-0000')
    become('running')
    become('stopped', 'study-0000')
    expect(news.map(({ kind }) => kind)).toEqual(['running'])
    expect(studies.runningId).toBe('study-0001')
  })
})

it('shows on the taskbar how far a study is, by time if that is known', () => {
  const { studies, become, progress } = aStudy()
  const window = new electron.BrowserWindow({ webPreferences: {} })
  showOnTaskbar(studies, someWindow)
  become('running')
  progress(10, null)
  progress(30, 90)
  become('paused')
  become('running')
  become('finished')
  expect(window.progress).toEqual([
    [0, { mode: 'normal' }],
    [0.2, { mode: 'normal' }],
    [0.25, { mode: 'normal' }],
    [0.25, { mode: 'paused' }],
    [0, { mode: 'normal' }],
    [-1],
  ])
})

it('keeps the computer awake exactly while a study measures', () => {
  const { studies, become } = aStudy()
  keepAwake(studies)
  const isAwake = () => [...electron.powerSaveBlocker.active.values()]
  become('running')
  become('running')
  expect(isAwake()).toEqual(['prevent-app-suspension'])
  become('paused')
  expect(isAwake()).toEqual([])
  become('running')
  become('failed')
  expect(isAwake()).toEqual([])
})

describe('sleep', () => {
  const sleeping = () => {
    const study = aStudy()
    const asked: unknown[] = []
    pauseDuringSleep(study.studies, {
      async handle(route) {
        asked.push(route)
        if (route === 'study.pause') study.become('paused')
        return { ok: true, data: {} }
      },
    })
    return { ...study, asked }
  }

  it('pauses a study, which goes on when the computer wakes', async () => {
    const { become, asked } = sleeping()
    become('running')
    electron.powerMonitor.fire('suspend')
    expect(asked).toEqual(['study.pause'])
    electron.powerMonitor.fire('resume')
    await settled()
    expect(asked).toEqual(['study.pause', 'study.resume'])
  })

  it('leaves a study paused that the person paused', async () => {
    const { become, asked } = sleeping()
    become('running')
    become('paused')
    electron.powerMonitor.fire('suspend')
    electron.powerMonitor.fire('resume')
    await settled()
    expect(asked).toEqual([])
  })
})

describe('the end of a study', () => {
  const ending = () => {
    const study = aStudy()
    const window = new electron.BrowserWindow({ webPreferences: {} })
    let shown = 0
    tellOfTheEnd(study.studies, { window: someWindow, words, show: () => shown++ })
    return { ...study, window, shownTimes: () => shown }
  }

  it('is told by the system to whoever looks elsewhere, and a click leads back', () => {
    const { become, shownTimes } = ending()
    become('running')
    become('finished')
    const [notice] = electron.Notification.shown
    expect(notice?.options.title).toBe('The study of llama3.2:3b is done')
    notice?.fire('click')
    expect(shownTimes()).toBe(1)
  })

  it('is not told to whoever sees it', () => {
    const { become, window } = ending()
    window.focused = true
    become('running')
    become('finished')
    expect(electron.Notification.shown).toEqual([])
  })
})

describe('quitting', () => {
  const [keep, quit] = [0, 1]
  const running = () => {
    const study = aStudy()
    let closed = 0
    const guardClosing = quitWithCare({
      studies: study.studies,
      window: someWindow,
      words,
      close: async () => void closed++,
    })
    const window = new electron.BrowserWindow({ webPreferences: {} })
    guardClosing(window as never)
    return { ...study, window, closedTimes: () => closed }
  }

  it('writes everything down first, and asks nothing where no study runs', async () => {
    const { closedTimes } = running()
    electron.app.quit()
    expect(electron.app.hasQuit).toBe(false)
    await settled()
    expect(closedTimes()).toBe(1)
    expect(electron.app.hasQuit).toBe(true)
    expect(electron.dialog.questions).toEqual([])
  })

  it('asks during a study, and stays if that is wished', async () => {
    const { become, closedTimes } = running()
    become('running')
    electron.dialog.answer = keep
    electron.app.quit()
    await settled()
    expect(electron.dialog.questions).toHaveLength(1)
    expect(closedTimes()).toBe(0)
    expect(electron.BrowserWindow.opened).toHaveLength(1)
  })

  it('asks once, then pauses the study and goes', async () => {
    const { become, closedTimes } = running()
    become('running')
    electron.dialog.answer = quit
    electron.app.quit()
    electron.app.quit()
    await settled()
    expect(electron.dialog.questions).toHaveLength(1)
    expect(closedTimes()).toBe(1)
    expect(electron.app.hasQuit).toBe(true)
  })

  it.runIf(process.platform !== 'darwin')('asks as well when the window is closed', async () => {
    const { become, window, closedTimes } = running()
    become('running')
    electron.dialog.answer = keep
    window.close()
    await settled()
    expect(electron.BrowserWindow.opened).toHaveLength(1)
    electron.dialog.answer = quit
    window.close()
    await settled()
    expect(closedTimes()).toBe(1)
    expect(electron.app.hasQuit).toBe(true)
  })

  it('asks nobody while the computer shuts down', async () => {
    const { become, closedTimes } = running()
    become('running')
    electron.powerMonitor.fire('shutdown')
    await settled()
    expect(electron.dialog.questions).toEqual([])
    expect(closedTimes()).toBe(1)
  })
})
