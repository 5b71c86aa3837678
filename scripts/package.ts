/**
 * Makes the packages of this system: `npm run package [-- --dir]`. With `--dir` only the folder that they are made
 * of. Prints how large each is.
 */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'electron-builder'
import { ensureBuilt } from '../main/shells/build.ts'
import { writeLegalFiles } from './package/legal.ts'

const projectDir = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({ options: { dir: { type: 'boolean', default: false } } })

await ensureBuilt(projectDir, () => print('Building …'))
await writeLegalFiles(projectDir)
await build({ projectDir, dir: values.dir })
for (const name of (await readdir(join(projectDir, 'dist'))).toSorted()) {
  const { size, isFile } = await sizeOf(join(projectDir, 'dist', name))
  if (isFile) print(`${(size / 2 ** 20).toFixed(1).padStart(8)} MiB  ${name}`)
}

async function sizeOf(path: string): Promise<{ size: number; isFile: boolean }> {
  const found = await stat(path)
  return { size: found.size, isFile: found.isFile() }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
