import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { lockfileSchema, packagesFrom, type ShippedPackage, type Target } from './lockfile.ts'

const manifestSchema = z.object({ dependencies: z.record(z.string(), z.string()) })

/** Everything of npm's that a package for that system carries: what main needs, and what the window is built of. */
export async function shippedPackages(projectFolder: string, target: Target): Promise<ShippedPackage[]> {
  const read = async (file: string): Promise<unknown> => JSON.parse(await readFile(join(projectFolder, file), 'utf8'))
  const lockfile = lockfileSchema.parse(await read('package-lock.json'))
  const { dependencies } = manifestSchema.parse(await read('package.json'))
  const roots = [...Object.keys(dependencies), ...(await windowImports(projectFolder))]
  return packagesFrom(lockfile, roots, target).filter(({ name }) => isNativeOf(target, name))
}

/** llama.cpp's binaries lie in a package for each system; npm installs some of the others along, packages do not. */
function isNativeOf({ platform, arch }: Target, name: string): boolean {
  const system = { win32: 'win', darwin: 'mac' }[platform] ?? platform
  return !name.startsWith('@node-llama-cpp/') || name.startsWith(`@node-llama-cpp/${system}-${arch}`)
}

/** Packages that the window's sources name; those are built into its scripts. */
async function windowImports(projectFolder: string): Promise<Set<string>> {
  const names = new Set<string>()
  for await (const file of glob('renderer/**/*.{ts,tsx}', { cwd: projectFolder })) {
    const text = await readFile(join(projectFolder, file), 'utf8')
    for (const name of importedPackages(text)) names.add(name)
  }
  return names
}

/** Names of the packages that a script imports: '@mantine/core' of '@mantine/core/styles.css'. */
export function importedPackages(script: string): string[] {
  const specifiers = script.matchAll(/(?:from\s+|import\s+|import\()'([^'.][^']*)'/g)
  return Array.from(specifiers, ([, specifier = '']) =>
    specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/'),
  )
}
