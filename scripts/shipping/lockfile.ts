import { z } from 'zod'

const dependencies = z.record(z.string(), z.string()).default({})

export const lockfileSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      /** Only where a package lies under another name than its own. */
      name: z.string().optional(),
      version: z.string().default(''),
      license: z.string().optional(),
      integrity: z.string().optional(),
      os: z.array(z.string()).optional(),
      cpu: z.array(z.string()).optional(),
      dependencies,
      optionalDependencies: dependencies,
      peerDependencies: dependencies,
      peerDependenciesMeta: z.record(z.string(), z.object({ optional: z.boolean().default(false) })).default({}),
    }),
  ),
})
export type Lockfile = z.infer<typeof lockfileSchema>
type Entry = Lockfile['packages'][string]

/** A system that packages are made for, in the words of Node and npm. */
export interface Target {
  platform: string
  arch: string
}

/** A package of npm's that travels with ours. */
export interface ShippedPackage {
  name: string
  version: string
  /** SPDX expression; null where the package names none. */
  licence: string | null
  /** Hash of its archive as npm writes it, "sha512-…"; null where the lockfile has none. */
  integrity: string | null
  /** Where it lies, relative to the project. */
  folder: string
}

/** All packages that these roots need on that system, themselves included; sorted, each version once. */
export function packagesFrom(lockfile: Lockfile, roots: Iterable<string>, target: Target): ShippedPackage[] {
  const found = new Map<string, ShippedPackage>()
  const visit = (name: string, from: string) => {
    const folder = resolve(lockfile, name, from)
    if (folder === null || found.has(folder)) return
    const entry = lockfile.packages[folder]
    if (entry === undefined || !fits(entry, target)) return
    found.set(folder, {
      name: entry.name ?? name,
      version: entry.version,
      licence: entry.license ?? null,
      integrity: entry.integrity ?? null,
      folder,
    })
    for (const dependency of neededBy(entry)) visit(dependency, folder)
  }
  for (const root of roots) visit(root, '')
  const byName = (one: ShippedPackage, other: ShippedPackage) => keyOf(one).localeCompare(keyOf(other), 'en')
  return Array.from(new Map(Array.from(found.values(), (one) => [keyOf(one), one])).values()).sort(byName)
}

/** What it wants beside it only if that happens to be there is left out: types and compilers, mostly. */
function neededBy({ dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta }: Entry): string[] {
  const peers = Object.keys(peerDependencies).filter((name) => peerDependenciesMeta[name]?.optional !== true)
  return [...Object.keys(dependencies), ...Object.keys(optionalDependencies), ...peers]
}

/** As Node finds a package: beside whoever needs it, else further up. Null for an optional one that is not there. */
function resolve({ packages }: Lockfile, name: string, from: string): string | null {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const candidate = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`
    if (Object.hasOwn(packages, candidate)) return candidate
    if (folder === '') return null
  }
}

function fits({ os, cpu }: Entry, { platform, arch }: Target): boolean {
  return (os?.includes(platform) ?? true) && (cpu?.includes(arch) ?? true)
}

function keyOf({ name, version }: ShippedPackage): string {
  return `${name}@${version}`
}
