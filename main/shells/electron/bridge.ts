import { type BrowserWindow, ipcMain } from 'electron'
import { eventChannel, requestChannel } from '../../../preload/channels.ts'
import type { ErrorReport } from '../../../preload/contract/errors.ts'
import type { Envelope } from '../../../preload/contract/routes.ts'
import type { EventBus } from '../../event-bus.ts'
import type { Router } from '../../router.ts'
import { allowsPayload, allowsSender } from './policies.ts'

/** Answers the page's requests through the router, after checking who asks and how much. */
export function answerRequests(router: Router): void {
  ipcMain.handle(requestChannel, async (event, route: unknown, input: unknown): Promise<Envelope<unknown>> => {
    if (!allowsSender(event.senderFrame)) return refuse('A request came from a page that is not Attune.')
    if (!allowsPayload(route, input)) return refuse('A request was larger than any that Attune makes.')
    return router.handle(route, input)
  })
}

/** Sends every event to the window for as long as it is open. */
export function forwardEvents(events: EventBus, window: BrowserWindow): void {
  const unsubscribe = events.subscribe((event) => window.webContents.send(eventChannel, event))
  window.on('closed', unsubscribe)
}

function refuse(message: ErrorReport['message']): Envelope<never> {
  return { ok: false, error: { code: 'invalidInput', message, hint: 'Restart Attune.' } }
}
