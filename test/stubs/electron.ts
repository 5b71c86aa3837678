/**
 * Stands in for the `electron` module where its program cannot run: records what main registers, and lets a test
 * play the page or the system. It decides nothing, so what is tested is Attune's own wiring.
 */
import { fork, type ChildProcess } from 'node:child_process'

type Listener = (...args: never[]) => unknown

class Emitter {
  readonly listeners = new Map<string, Listener[]>()
  on(name: string, listener: Listener): this {
    this.listeners.set(name, [...(this.listeners.get(name) ?? []), listener])
    return this
  }
  once(name: string, listener: Listener): this {
    return this.on(name, listener)
  }
  fire(name: string, ...args: unknown[]): void {
    for (const listener of this.listeners.get(name) ?? []) listener(...(args as never[]))
  }
  /** Fires an event that can be prevented; tells whether it was. */
  try(name: string, details: Record<string, unknown> = {}): boolean {
    let isPrevented = false
    this.fire(name, { ...details, preventDefault: () => (isPrevented = true) })
    return isPrevented
  }
}

class WebContents extends Emitter {
  windowOpenHandler: ((details: { url: string }) => { action: string }) | undefined
  readonly sent: unknown[][] = []
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.windowOpenHandler = handler
  }
  send(...args: unknown[]): void {
    this.sent.push(args)
  }
}

interface WindowOptions {
  x?: number
  y?: number
  width?: number
  height?: number
  webPreferences: Record<string, unknown>
}

export class BrowserWindow extends Emitter {
  static opened: BrowserWindow[] = []
  static getAllWindows(): BrowserWindow[] {
    return BrowserWindow.opened
  }
  readonly webContents = new WebContents()
  readonly options: WindowOptions
  readonly progress: [number, { mode: string }?][] = []
  shown = false
  focused = false
  minimised = false
  maximised = false
  url = ''
  constructor(options: WindowOptions) {
    super()
    this.options = options
    BrowserWindow.opened.push(this)
    app.fire('web-contents-created', {}, this.webContents)
  }
  async loadURL(url: string): Promise<void> {
    this.url = url
    this.webContents.fire('did-finish-load')
    this.fire('ready-to-show')
  }
  getNormalBounds() {
    const { x = 0, y = 0, width = 0, height = 0 } = this.options
    return { x, y, width, height }
  }
  isMaximized = () => this.maximised
  isMinimized = () => this.minimised
  isFocused = () => this.focused
  maximize = () => void (this.maximised = true)
  restore = () => void (this.minimised = false)
  focus = () => void (this.focused = true)
  show = () => void (this.shown = true)
  setProgressBar(...shown: [number, { mode: string }?]): void {
    this.progress.push(shown)
  }
  /** As by its own button. */
  close(): void {
    if (this.try('close')) return
    BrowserWindow.opened = BrowserWindow.opened.filter((other) => other !== this)
    this.fire('closed')
    if (BrowserWindow.opened.length === 0) app.fire('window-all-closed')
  }
}

class App extends Emitter {
  readonly isPackaged = false
  isSandboxed = false
  isFirstInstance = true
  hasQuit = false
  exitCode: number | null = null
  aboutShown = 0
  aboutPanel: Record<string, unknown> = {}
  readonly protocolClients: string[] = []
  enableSandbox = () => void (this.isSandboxed = true)
  requestSingleInstanceLock = () => this.isFirstInstance
  whenReady = () => Promise.resolve()
  setAboutPanelOptions = (options: Record<string, unknown>) => void (this.aboutPanel = options)
  showAboutPanel = () => void this.aboutShown++
  setAsDefaultProtocolClient = (scheme: string) => void this.protocolClients.push(scheme)
  quit(): void {
    if (this.try('before-quit')) return
    for (const window of BrowserWindow.opened) window.close()
    this.hasQuit = BrowserWindow.opened.length === 0
  }
  exit(code: number): void {
    this.exitCode = code
  }
}
export const app = new App()

type PermissionHandler = (contents: unknown, permission: string, decide: (granted: boolean) => void) => boolean | void
type RequestGuard = (details: { url: string }, decide: (answer: { cancel: boolean }) => void) => void

class Session extends Emitter {
  requestHandler: PermissionHandler | undefined
  checkHandler: PermissionHandler | undefined
  deviceHandler: (() => boolean) | undefined
  requestGuard: RequestGuard | undefined
  readonly webRequest = { onBeforeRequest: (guard: RequestGuard) => void (this.requestGuard = guard) }
  setPermissionRequestHandler = (handler: PermissionHandler) => void (this.requestHandler = handler)
  setPermissionCheckHandler = (handler: PermissionHandler) => void (this.checkHandler = handler)
  setDevicePermissionHandler = (handler: () => boolean) => void (this.deviceHandler = handler)
}
export const session = { defaultSession: new Session() }

export const protocol = {
  schemes: [] as { scheme: string; privileges: Record<string, boolean> }[],
  handlers: new Map<string, (request: Request) => Promise<Response>>(),
  registerSchemesAsPrivileged(schemes: { scheme: string; privileges: Record<string, boolean> }[]): void {
    this.schemes.push(...schemes)
  },
  handle(scheme: string, handler: (request: Request) => Promise<Response>): void {
    this.handlers.set(scheme, handler)
  },
}

export const ipcMain = {
  handlers: new Map<string, (...args: unknown[]) => unknown>(),
  handle(channel: string, handler: (...args: unknown[]) => unknown): void {
    this.handlers.set(channel, handler)
  },
}

const display = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } }
export const screen = { getPrimaryDisplay: () => display, getAllDisplays: () => [display] }

export const dialog = {
  questions: [] as { buttons: readonly string[] }[],
  errors: [] as string[][],
  /** Which button the person presses. */
  answer: 0,
  async showMessageBox(_window: BrowserWindow, question: { buttons: readonly string[] }) {
    this.questions.push(question)
    return { response: this.answer }
  },
  showErrorBox(...texts: string[]): void {
    this.errors.push(texts)
  },
}

export interface MenuEntry {
  role?: string
  label?: string
  click?: () => void
  submenu?: MenuEntry[]
}
export const Menu = {
  shown: [] as MenuEntry[],
  buildFromTemplate: (template: MenuEntry[]) => template,
  setApplicationMenu(menu: MenuEntry[]): void {
    this.shown = menu
  },
}

export const powerMonitor = new Emitter()

export const powerSaveBlocker = {
  active: new Map<number, string>(),
  started: 0,
  start(kind: string): number {
    this.active.set(++this.started, kind)
    return this.started
  },
  stop(id: number): void {
    this.active.delete(id)
  },
}

export class Notification extends Emitter {
  static readonly shown: Notification[] = []
  static isSupported = () => true
  readonly options: { title: string; body: string }
  constructor(options: { title: string; body: string }) {
    super()
    this.options = options
  }
  show = () => void Notification.shown.push(this)
}

export const shell = {
  opened: [] as string[],
  problem: '',
  async openExternal(url: string): Promise<void> {
    this.opened.push(url)
  },
  async openPath(path: string): Promise<string> {
    this.opened.push(path)
    return this.problem
  },
}

export const contextBridge = {
  exposed: new Map<string, Record<string, (...args: unknown[]) => unknown>>(),
  exposeInMainWorld(name: string, api: Record<string, (...args: unknown[]) => unknown>): void {
    this.exposed.set(name, api)
  },
}

class IpcRenderer extends Emitter {
  readonly invoked: unknown[][] = []
  async invoke(...args: unknown[]): Promise<unknown> {
    this.invoked.push(args)
    return { ok: true, data: 'answer' }
  }
  removeListener(name: string, listener: Listener): void {
    this.listeners.set(
      name,
      (this.listeners.get(name) ?? []).filter((other) => other !== listener),
    )
  }
}
export const ipcRenderer = new IpcRenderer()

/** Programs really run, as plain Node with the port that a utility process has. */
class UtilityProcess extends Emitter {
  readonly #child: ChildProcess
  readonly stderr: ChildProcess['stderr']
  constructor(entry: string, parameters: string[], environment: NodeJS.ProcessEnv) {
    super()
    this.#child = fork(entry, parameters, {
      env: environment,
      execArgv: ['--import', new URL('./parent-port.ts', import.meta.url).href],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    this.stderr = this.#child.stderr
    this.#child.on('message', (message) => this.fire('message', message))
    this.#child.on('exit', (code) => this.fire('exit', code ?? 1))
  }
  get pid(): number | undefined {
    return this.#child.pid
  }
  postMessage = (message: string) => void this.#child.send(message)
  kill = () => this.#child.kill()
}
export const utilityProcess = {
  fork: (entry: string, parameters: string[], { env }: { env: NodeJS.ProcessEnv }) =>
    new UtilityProcess(entry, parameters, env),
}

export const webUtils = { getPathForFile: ({ name }: { name: string }) => `/downloads/${name}` }

/** Forgets what was registered and played, so that the next test begins with a system of its own. */
export function restart(): void {
  for (const emitter of [app, session.defaultSession, powerMonitor]) emitter.listeners.clear()
  Object.assign(app, { hasQuit: false, exitCode: null })
  BrowserWindow.opened = []
  Notification.shown.length = 0
  dialog.questions.length = 0
  dialog.answer = 0
  powerSaveBlocker.active.clear()
}
