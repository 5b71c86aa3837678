import { createHash } from 'node:crypto'
import type { ShippedPackage } from './lockfile.ts'

interface Program {
  name: string
  version: string
  licence: string
}

/**
 * What a package is made of, in CycloneDX 1.6 (JSON). The same packages give the same text: its serial number is
 * drawn from them, and it carries no date.
 */
export function billOfMaterials(program: Program, packages: readonly ShippedPackage[]): string {
  const components = packages.map(({ name, version, licence, integrity }) => ({
    type: 'library',
    'bom-ref': `${name}@${version}`,
    name,
    version,
    purl: packageUrl(name, version),
    ...(licence === null ? {} : { licenses: [licenceOf(licence)] }),
    ...(integrity === null ? {} : { hashes: [hashOf(integrity)] }),
  }))
  const { name, version, licence } = program
  return `${JSON.stringify(
    {
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      serialNumber: `urn:uuid:${uuidOf(JSON.stringify([program, components]))}`,
      version: 1,
      metadata: {
        component: { type: 'application', 'bom-ref': name, name, version, licenses: [licenceOf(licence)] },
      },
      components,
      dependencies: [{ ref: name, dependsOn: components.map((component) => component['bom-ref']) }],
    },
    null,
    2,
  )}\n`
}

/** The specification of package URLs has the @ of a scope percent-encoded. */
function packageUrl(name: string, version: string): string {
  return `pkg:npm/${name.replace(/^@/, '%40')}@${version}`
}

/** A single licence has an SPDX name, several stand in an expression. */
function licenceOf(licence: string) {
  return /[ ()]/.test(licence) ? { expression: licence } : { license: { id: licence } }
}

function hashOf(integrity: string) {
  const [algorithm = '', digest = ''] = integrity.split('-')
  const alg = algorithm.toUpperCase().replace('SHA', 'SHA-')
  return { alg, content: Buffer.from(digest, 'base64').toString('hex') }
}

/** A version 8 UUID (RFC 9562): made of a hash of ours. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
