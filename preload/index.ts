import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron'
import { eventChannel, requestChannel } from './channels.ts'

contextBridge.exposeInMainWorld('attune', {
  request: (route: unknown, input: unknown) => ipcRenderer.invoke(requestChannel, route, input),
  subscribe: (listener: (event: unknown) => void) => {
    // Electron's own event object stays on this side: it would hand the page a way to answer the sender.
    const handler = (_: IpcRendererEvent, event: unknown) => listener(event)
    ipcRenderer.on(eventChannel, handler)
    return () => ipcRenderer.removeListener(eventChannel, handler)
  },
  // Only files that the person chose or dropped have a path to tell.
  pathOf: (file: File) => webUtils.getPathForFile(file),
})
