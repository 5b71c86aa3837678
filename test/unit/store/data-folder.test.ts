import { expect, test } from 'vitest'
import { dataFolder } from '../../../main/store/data-folder.ts'

const linux = { platform: 'linux', homeFolder: '/home/ada' } as const

test.each([
  ['Linux without XDG', { ...linux, env: {} }, '/home/ada/.local/share/attune'],
  ['Linux with XDG', { ...linux, env: { XDG_DATA_HOME: '/data' } }, '/data/attune'],
  [
    'a relative XDG folder, which the standard ignores',
    { ...linux, env: { XDG_DATA_HOME: 'data' } },
    '/home/ada/.local/share/attune',
  ],
  ['an empty ATTUNE_HOME', { ...linux, env: { ATTUNE_HOME: '' } }, '/home/ada/.local/share/attune'],
  ['ATTUNE_HOME', { ...linux, env: { ATTUNE_HOME: '/elsewhere/', XDG_DATA_HOME: '/data' } }, '/elsewhere'],
  [
    'macOS',
    { platform: 'darwin' as const, homeFolder: '/Users/ada', env: {} },
    '/Users/ada/Library/Application Support/Attune',
  ],
  [
    'Windows',
    { platform: 'win32' as const, homeFolder: 'C:\\Users\\ada', env: { APPDATA: 'D:\\Roaming' } },
    'D:\\Roaming\\Attune',
  ],
  [
    'Windows without APPDATA',
    { platform: 'win32' as const, homeFolder: 'C:\\Users\\ada', env: {} },
    'C:\\Users\\ada\\AppData\\Roaming\\Attune',
  ],
])('%s', (_, surroundings, expected) => {
  expect(dataFolder(surroundings)).toBe(expected)
})
