/**
 * Stands in for the `electron` module where its program cannot run: records what main registers, and lets a test
 * play the page or the system. It decides nothing, so what is tested is Attune's own wiring.
 */
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

export class BrowserWindow extends Emitter {
  static readonly opened: BrowserWindow[] = []
  static getAllWindows(): BrowserWindow[] {
    return BrowserWindow.opened
  }
  readonly webContents = new WebContents()
  readonly options: { webPreferences: Record<string, unknown> }
  shown = false
  url = ''
  constructor(options: { webPreferences: Record<string, unknown> }) {
    super()
    this.options = options
    BrowserWindow.opened.push(this)
  }
  async loadURL(url: string): Promise<void> {
    this.url = url
  }
  show(): void {
    this.shown = true
  }
}

type PermissionHandler = (contents: unknown, permission: string, decide: (granted: boolean) => void) => boolean | void

export const session = {
  defaultSession: {
    requestHandler: undefined as PermissionHandler | undefined,
    checkHandler: undefined as PermissionHandler | undefined,
    setPermissionRequestHandler(handler: PermissionHandler): void {
      this.requestHandler = handler
    },
    setPermissionCheckHandler(handler: PermissionHandler): void {
      this.checkHandler = handler
    },
  },
}

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
