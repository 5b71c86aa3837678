import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { billOfMaterials } from '../shipping/bill-of-materials.ts'
import { licenceTexts } from '../shipping/licences.ts'
import { shippedPackages } from '../shipping/shipped.ts'

const manifestSchema = z.object({ name: z.string(), version: z.string(), license: z.string() })

/** Writes what a package for this system is made of, and under which licences, into `out/licences`. */
export async function writeLegalFiles(projectFolder: string): Promise<void> {
  const manifest: unknown = JSON.parse(await readFile(join(projectFolder, 'package.json'), 'utf8'))
  const { name, version, license } = manifestSchema.parse(manifest)
  const packages = await shippedPackages(projectFolder, { platform: process.platform, arch: process.arch })
  const folder = join(projectFolder, 'out/licences')
  await mkdir(folder, { recursive: true })
  await Promise.all([
    writeFile(join(folder, 'bill-of-materials.json'), billOfMaterials({ name, version, licence: license }, packages)),
    writeFile(join(folder, 'licences.txt'), await licenceTexts(projectFolder, packages)),
  ])
}
