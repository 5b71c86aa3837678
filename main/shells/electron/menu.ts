import type { MenuItemConstructorOptions } from 'electron'
import type { FolderId } from '../../../preload/contract/routes.ts'
import type { ShellWords } from '../../words/shell.ts'

type Item = MenuItemConstructorOptions

interface MenuOptions {
  platform: NodeJS.Platform
  words: ShellWords
  /** Whether developers' tools are offered. */
  isPackaged: boolean
  openFolder: (folder: FolderId) => void
  showAbout: () => void
}

/** The window's menu: the system's usual entries with their usual shortcuts, and the folders that help asks for. */
export function menuTemplate({ platform, words, isPackaged, openFolder, showAbout }: MenuOptions): Item[] {
  const { menu, roles } = words
  const role = (name: keyof ShellWords['roles']): Item => ({ role: name, label: roles[name] })
  const separator: Item = { type: 'separator' }
  const about: Item = { label: menu.about, click: showAbout }
  const isMac = platform === 'darwin'
  const mac: Item = {
    label: 'Attune',
    submenu: [
      about,
      separator,
      role('services'),
      separator,
      role('hide'),
      role('hideOthers'),
      role('unhide'),
      separator,
      role('quit'),
    ],
  }
  return [
    ...(isMac ? [mac] : []),
    { label: menu.file, submenu: isMac ? [role('close')] : [role('quit')] },
    {
      label: menu.edit,
      submenu: [role('undo'), role('redo'), separator, role('cut'), role('copy'), role('paste'), role('selectAll')],
    },
    {
      label: menu.view,
      submenu: [
        role('reload'),
        separator,
        role('resetZoom'),
        role('zoomIn'),
        role('zoomOut'),
        separator,
        role('togglefullscreen'),
        ...(isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
      ],
    },
    { role: 'windowMenu', label: menu.window, submenu: [role('minimize'), ...(isMac ? [role('front')] : [])] },
    {
      role: 'help',
      label: menu.help,
      submenu: [
        { label: menu.dataFolder, click: () => openFolder('data') },
        { label: menu.logs, click: () => openFolder('logs') },
        ...(isMac ? [] : [separator, about]),
      ],
    },
  ]
}
