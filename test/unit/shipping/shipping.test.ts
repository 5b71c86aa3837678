import { describe, expect, it } from 'vitest'
import { billOfMaterials } from '../../../scripts/shipping/bill-of-materials.ts'
import { allowsLicence } from '../../../scripts/shipping/licences.ts'
import { lockfileSchema, packagesFrom } from '../../../scripts/shipping/lockfile.ts'
import { importedPackages, shippedPackages } from '../../../scripts/shipping/shipped.ts'

const linux = { platform: 'linux', arch: 'x64' }
const targets = [linux, { platform: 'win32', arch: 'x64' }, { platform: 'darwin', arch: 'arm64' }]

describe('what ships', () => {
  it.each(targets)('is under licences that allow it on $platform', async (target) => {
    const packages = await shippedPackages(process.cwd(), target)
    expect(packages.filter(({ licence }) => !allowsLicence(licence))).toEqual([])
  })

  it('is what main needs and what the window is built of, and no tool of development', async () => {
    const names = (await shippedPackages(process.cwd(), linux)).map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['zod', 'react', '@mantine/hooks', '@node-llama-cpp/linux-x64']))
    for (const tool of ['electron', 'electron-builder', 'vitest', 'typescript', 'playwright', 'vite']) {
      expect(names).not.toContain(tool)
    }
  })

  it('is for one system only', async () => {
    const names = (await shippedPackages(process.cwd(), linux)).map(({ name }) => name)
    expect(names.filter((name) => /^@node-llama-cpp\/(win|mac|linux-arm)/.test(name))).toEqual([])
  })
})

describe('the way through a lockfile', () => {
  const lockfile = lockfileSchema.parse({
    packages: {
      '': { dependencies: { a: '1' } },
      'node_modules/a': {
        version: '1.0.0',
        license: 'MIT',
        dependencies: { b: '1' },
        optionalDependencies: { none: '1' },
      },
      'node_modules/b': { version: '2.0.0', license: 'ISC', dependencies: { a: '1' } },
      'node_modules/a/node_modules/b': { version: '1.0.0', dependencies: { c: '1' } },
      'node_modules/c': { version: '1.0.0', os: ['win32'] },
      'node_modules/unused': { version: '1.0.0' },
    },
  })
  const found = (root: string) => packagesFrom(lockfile, [root], linux).map(({ name, version }) => `${name}@${version}`)

  it('takes the nearest version, leaves out other systems’ and ends where it goes in circles', () => {
    expect(found('a')).toEqual(['a@1.0.0', 'b@1.0.0'])
    expect(found('b')).toEqual(['a@1.0.0', 'b@1.0.0', 'b@2.0.0'])
  })
})

it.each([
  ["import { x } from 'react'", ['react']],
  ["import '@mantine/core/styles.css'", ['@mantine/core']],
  ["await import('plotly.js-basic-dist-min')", ['plotly.js-basic-dist-min']],
  ["import { x } from './here.ts'", []],
])('finds the packages in %s', (script, names) => expect(importedPackages(script)).toEqual(names))

it.each([
  ['MIT', true],
  ['(MIT OR GPL-3.0-only)', true],
  ['MIT AND GPL-3.0-only', false],
  ['GPL-3.0-only', false],
  [null, false],
])('lets %s travel: %s', (licence, expected) => expect(allowsLicence(licence)).toBe(expected))

describe('the bill of materials', () => {
  const program = { name: 'attune', version: '0.1.0', licence: 'MIT' }
  const one = { name: '@scope/one', version: '1.2.3', licence: 'MIT', integrity: 'sha512-AAEC', folder: '' }

  it('names each package in the words of CycloneDX', () => {
    const bill = JSON.parse(billOfMaterials(program, [one])) as Record<string, unknown>
    expect(bill).toMatchObject({
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      components: [
        {
          purl: 'pkg:npm/%40scope/one@1.2.3',
          licenses: [{ license: { id: 'MIT' } }],
          hashes: [{ alg: 'SHA-512', content: '000102' }],
        },
      ],
    })
    expect(bill['serialNumber']).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  it('is the same for the same packages', () => {
    expect(billOfMaterials(program, [one])).toBe(billOfMaterials(program, [one]))
    expect(billOfMaterials(program, [])).not.toBe(billOfMaterials(program, [one]))
  })
})
