import { resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { build } from 'vite'
import { createEventBus, type EventBus } from '../../../main/event-bus.ts'
import { inLanguage } from '../../../main/language.ts'
import { createRouter } from '../../../main/router.ts'
import { startWebHost } from '../../../main/shells/web/host.ts'
import { routeNames, routes, type Handlers } from '../../../preload/contract/routes.ts'
import { createFakeHandlers } from './handlers.ts'
import { scenario, type Scenario, type ScenarioName } from './scenarios.ts'

/** Where `vite.config.ts` puts the window. */
const builtHere = resolve(import.meta.dirname, '../../../out/fake-main/renderer')

/** Builds the window as it is in the working tree. */
export async function buildRenderer(): Promise<void> {
  await build({ configFile: resolve(import.meta.dirname, 'vite.config.ts') })
}

export interface FakeMain {
  url: string
  events: EventBus
  /** May be called again, which changes nothing. */
  close(): Promise<void>
}

export interface FakeMainOptions {
  /** Another build of the window. */
  rendererFolder?: string
  /** 0: one of its own. */
  port?: number
  /** Every answer comes late, in steps of so many milliseconds, so that no two parts of a page arrive together. */
  lateMilliseconds?: number
}

/** The real host of browser mode over a fake main. */
export async function startFakeMain(
  name: ScenarioName,
  change: Partial<Scenario> = {},
  { rendererFolder = builtHere, port = 0, lateMilliseconds = 0 }: FakeMainOptions = {},
): Promise<FakeMain> {
  const events = createEventBus()
  const played = { ...scenario(name), ...change }
  const handlers = checked(createFakeHandlers(played, events), lateMilliseconds)
  const router = createRouter(handlers, (route, error) => {
    throw new Error(`The fake main failed in ${route}`, { cause: error })
  })
  const language = () => (played.settings.language === 'de' ? 'de' : 'en')
  const doors = inLanguage({ router, events }, language)
  const host = await startWebHost({ ...doors, language, rendererFolder, preferredPort: port })
  let closing: Promise<void> | null = null
  return { url: host.url, events, close: () => (closing ??= host.close()) }
}

/** The handlers with every answer held against the contract, so that the scenarios cannot drift away from it. */
function checked(handlers: Handlers, lateMilliseconds: number): Handlers {
  const entries = routeNames.map((name, index) => {
    const handler = handlers[name] as (input: unknown) => Promise<unknown>
    const delay = lateMilliseconds * (1 + (index % 4))
    const answer = async (input: unknown) => {
      // A test or a picture that does not wait for it need not stay for it either.
      if (delay > 0) await setTimeout(delay, undefined, { ref: false })
      return routes[name].output.parse(await handler(input))
    }
    return [name, answer]
  })
  return Object.fromEntries(entries) as Handlers
}
