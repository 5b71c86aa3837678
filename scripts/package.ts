/**
 * Makes the packages of this system: `npm run package [-- --dir]`. With `--dir` only the folder that they are made
 * of. Prints how large each is.
 */
import { spawnSync } from 'node:child_process'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureBuilt } from '../main/shells/build.ts'
import { writeLegalFiles } from './package/legal.ts'

const projectFolder = fileURLToPath(new URL('..', import.meta.url))
const builder = join(projectFolder, 'node_modules/electron-builder/out/cli/cli.js')

await ensureBuilt(projectFolder, () => print('Building …'))
await writeLegalFiles(projectFolder)
const { status } = spawnSync(process.execPath, [builder, ...process.argv.slice(2)], {
  cwd: projectFolder,
  stdio: 'inherit',
})
if (status === 0) await printSizes(join(projectFolder, 'dist'))
else process.exitCode = status ?? 1

async function printSizes(folder: string): Promise<void> {
  for (const name of (await readdir(folder)).toSorted()) {
    const found = await stat(join(folder, name))
    if (found.isFile()) print(`${(found.size / 2 ** 20).toFixed(1).padStart(8)} MiB  ${name}`)
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
