import '@mantine/core/styles.css'
import './ui/theme/global.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import type { AttuneEvent } from '../preload/contract/events.ts'
import { App } from './app.tsx'
import { createActions } from './state/actions.ts'
import { createApi, type Transport } from './connection/api.ts'
import { createElectronTransport } from './connection/electron-transport.ts'
import { formatDraft, parseDraft } from './state/kept-draft.ts'
import { parseLocation } from './state/location.ts'
import { createSocketTransport, type SocketHandlers } from './connection/socket-transport.ts'
import { createAttuneStore } from './state/store.ts'
import { loadText } from './text/load-text.ts'
import type { Words } from './text/english.ts'
import { acceptFileDrops } from './ui/browser/file-drop.ts'
import { createEndNotice } from './ui/browser/end-notice.ts'
import { notify } from './ui/browser/notification.ts'
import { createAddressBar } from './ui/browser/address-bar.ts'
import { createTabMemory } from './ui/browser/tab-memory.ts'
import { styleNonce } from './ui/browser/nonce.ts'

function connect(words: Words): Transport {
  if (window.attune !== undefined) return createElectronTransport(window.attune)
  return createSocketTransport({
    openSocket: openWebSocket,
    schedule: (delayMilliseconds, task) => {
      const timer = setTimeout(task, delayMilliseconds)
      return () => clearTimeout(timer)
    },
    random: Math.random,
    lost: words.errors.connectionLost,
  })
}

function openWebSocket({ opened, received, closed }: SocketHandlers): WebSocket {
  const socket = new WebSocket(`ws://${location.host}/ws`)
  socket.addEventListener('open', opened)
  socket.addEventListener('close', closed)
  socket.addEventListener('message', ({ data }) => {
    if (typeof data === 'string') received(data)
  })
  return socket
}

/** In Electron's window main does this, also while no window is open. */
function endNotice(words: Words): (event: AttuneEvent) => void {
  return createEndNotice({
    isHidden: () => document.hidden || !document.hasFocus(),
    show: ({ state, model, report }) =>
      notify(words.run.endNotice[state](model.ref.name), report?.verdict.sentence.text ?? ''),
  })
}

async function start(root: HTMLElement): Promise<void> {
  const text = await loadText(document.documentElement.lang, navigator.languages)
  const { words } = text
  const transport = connect(words)
  const api = createApi(transport)
  const addressBar = createAddressBar(window)
  const keptDraft = createTabMemory(window, 'attune.draft')
  const store = createAttuneStore(parseLocation(addressBar.read()), parseDraft(keptDraft.read()))
  store.subscribe(({ draft }, before) => {
    if (draft !== before.draft) keptDraft.write(formatDraft(draft))
  })
  const actions = createActions({
    api,
    transport,
    store,
    addressBar,
    now: Date.now,
    unknownError: words.errors.unknown,
  })
  const bridge = window.attune
  const pathOf = bridge === undefined ? null : (file: File) => bridge.pathOf(file)
  if (pathOf === null) transport.subscribe(endNotice(words))
  else acceptFileDrops(window, (file) => void actions.openDroppedFile(pathOf(file)))
  actions.begin()
  createRoot(root).render(
    <StrictMode>
      <App attune={{ store, api, actions, pathOf }} text={text} styleNonce={styleNonce(document)} />
    </StrictMode>,
  )
}

const root = document.getElementById('root')
if (root !== null) void start(root)
