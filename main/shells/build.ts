import { spawn } from 'node:child_process'
import { glob, mkdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AttuneError } from '../../preload/contract/errors.ts'

const sources = [
  'main/**/*.ts',
  'preload/**/*.ts',
  'renderer/**/*',
  'resources/**/*',
  'electron.vite.config.ts',
  'package.json',
]

/**
 * Builds window, preload and main into `out/` unless the last build is newer than every source.
 *
 * @param onBuild is told before a build starts, as it takes some seconds.
 */
export async function ensureBuilt(projectFolder: string, onBuild: () => void): Promise<void> {
  const stamp = join(projectFolder, 'out/.built')
  if ((await newestChange(projectFolder)) <= (await changeTime(stamp))) return
  onBuild()
  await build(projectFolder)
  await mkdir(join(projectFolder, 'out'), { recursive: true })
  await writeFile(stamp, '')
}

async function newestChange(projectFolder: string): Promise<number> {
  let newest = 0
  for await (const path of glob(sources, { cwd: projectFolder })) {
    newest = Math.max(newest, await changeTime(join(projectFolder, path)))
  }
  return newest
}

async function changeTime(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs
  } catch {
    return 0
  }
}

async function build(projectFolder: string): Promise<void> {
  const command = join(projectFolder, 'node_modules/electron-vite/bin/electron-vite.js')
  const child = spawn(process.execPath, [command, 'build', '--logLevel', 'warn'], { cwd: projectFolder })
  const output: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk))
  const code = await new Promise<number | null>((resolve, reject) => child.on('close', resolve).on('error', reject))
  if (code === 0) return
  throw new AttuneError({
    code: 'internal',
    message: `The window could not be built:\n${Buffer.concat(output).toString('utf8').trim()}`,
    hint: 'Run "npm ci" once more, then "npm start".',
  })
}
