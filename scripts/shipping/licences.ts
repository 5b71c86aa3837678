import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ShippedPackage } from './lockfile.ts'

/** Licences under which a package may travel with an MIT program, by their SPDX names. */
const allowed: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Python-2.0',
  'Unlicense',
])

/** May it travel? Of several licences to choose from one is enough; of several that hold together, none may miss. */
export function allowsLicence(expression: string | null): boolean {
  const alternatives = (expression ?? '').replaceAll(/[()]/g, '').split(' OR ')
  return alternatives.some((alternative) => alternative.split(' AND ').every((name) => allowed.has(name.trim())))
}

/** The licence texts of all packages in one file for people, as most licences ask for. */
export async function licenceTexts(projectFolder: string, packages: readonly ShippedPackage[]): Promise<string> {
  const parts = await Promise.all(
    packages.map(async ({ name, version, licence, folder }) => {
      const text = await licenceText(join(projectFolder, folder))
      return `${name} ${version} (${licence ?? 'no licence named'})\n\n${text ?? 'Its package carries no text.'}\n`
    }),
  )
  return parts.join(`\n${'-'.repeat(80)}\n\n`)
}

async function licenceText(folder: string): Promise<string | null> {
  const files = await readdir(folder).catch(() => [])
  const file = files.find((name) => /^(licen[cs]e|copying|notice)/i.test(name))
  return file === undefined ? null : (await readFile(join(folder, file), 'utf8')).trim()
}
