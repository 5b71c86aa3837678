#!/usr/bin/env node
/**
 * Stands in for fpm, the program with which electron-builder makes Debian packages and which it would download: takes
 * the same arguments, and has `dpkg-deb` do the work. What goes into the package, its scripts and its description are
 * electron-builder's as ever.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const parameters = process.argv.slice(2)
const options = new Map<string, string[]>()
const mappings: [source: string, destination: string][] = []
/** Options that stand alone. */
const flags = new Set(['--force', '--debug'])

for (let i = 0; i < parameters.length; i++) {
  const parameter = parameters[i] ?? ''
  if (flags.has(parameter)) continue
  if (parameter.startsWith('-')) {
    options.set(parameter, [...(options.get(parameter) ?? []), parameters[++i] ?? ''])
    continue
  }
  const [source = '', destination = ''] = parameter.split('=')
  mappings.push([source, destination])
}
const option = (name: string) => options.get(name)?.[0] ?? ''

const root = mkdtempSync(join(tmpdir(), 'attune-deb-'))
for (const [source, destination] of mappings) {
  const target = join(root, destination)
  mkdirSync(dirname(target), { recursive: true })
  // A slash at the end means what is inside.
  cpSync(source, target, { recursive: statSync(source).isDirectory(), verbatimSymlinks: true })
}
const control = join(root, 'DEBIAN')
mkdirSync(control)
writeFileSync(
  join(control, 'control'),
  [
    `Package: ${option('--name')}`,
    `Version: ${option('--version')}`,
    `Architecture: ${option('--architecture')}`,
    `Maintainer: ${option('--maintainer')}`,
    `Depends: ${(options.get('-d') ?? []).join(', ')}`,
    `Description: ${option('--description')}`,
    '',
  ].join('\n'),
)
for (const [name, file] of [
  ['postinst', option('--after-install')],
  ['postrm', option('--after-remove')],
] as const) {
  cpSync(file, join(control, name))
  execFileSync('chmod', ['755', join(control, name)])
}
// Speed counts here, not size.
execFileSync('dpkg-deb', ['-Zgzip', '-z1', '--root-owner-group', '--build', root, option('--package')])
rmSync(root, { recursive: true })
