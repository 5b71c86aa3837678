import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { writeLegalFiles } from '../../scripts/package/legal.ts'

export const run = promisify(execFile)
export const projectFolder = process.cwd()

/** Runs the program that packs archives and lists what is in them; resolves with what it prints. */
export async function asar(...parameters: string[]): Promise<string> {
  const program = join(projectFolder, 'node_modules/@electron/asar/bin/asar.js')
  return (await run(process.execPath, [program, ...parameters], { maxBuffer: 2 ** 26 })).stdout
}

/** Builds the window, main and preload from the sources as they are. */
export async function buildAll(): Promise<void> {
  await run('npm', ['run', '--silent', 'build'])
  await writeLegalFiles(projectFolder)
}

/** Has electron-builder make a package around the stub distribution; without a target only its folder. */
export async function makePackage(output: string, stubElectron: string, target: 'dir' | 'deb'): Promise<string> {
  const builder = 'node_modules/electron-builder/out/cli/cli.js'
  const settings = [`electronDist=${stubElectron}`, `directories.output=${output}`]
  await run(
    process.execPath,
    [builder, '--linux', target, '--x64', ...settings.map((setting) => `--config.${setting}`)],
    { env: { ...process.env, CUSTOM_FPM_PATH: join(projectFolder, 'test/package/stub-fpm.ts') }, maxBuffer: 2 ** 26 },
  )
  return join(output, 'linux-unpacked')
}

export async function sha256(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex')
}

/** Bytes of a file, or of everything in a folder. */
export async function bytesOf(path: string): Promise<number> {
  const found = await stat(path)
  if (!found.isDirectory()) return found.size
  const sizes = await Promise.all((await readdir(path)).map((name) => bytesOf(join(path, name))))
  return sizes.reduce((sum, size) => sum + size, 0)
}
