import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { findOrInstallChromium } from './chromium.ts'

interface Counts {
  passed: number
  failed: number
  skipped: number
}

const vitestReportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numFailedTestSuites: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
})
const playwrightReportSchema = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
})

const reports = mkdtempSync(join(tmpdir(), 'attune-test-'))

/** One yes-or-no check counts as one test. */
function check(title: string, script: string): Counts {
  tell(title)
  const ok = npmRun(script)
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 }
}

function vitest(title: string, project: string): Counts {
  tell(title)
  const report = join(reports, `${project}.json`)
  const ok = npmRun(`test:${project}`, ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`])
  const counts = vitestReportSchema.parse(JSON.parse(readFileSync(report, 'utf8')))
  // A file that cannot even be loaded has no failed test of its own, and must not pass for that.
  const failed = counts.numFailedTests + (counts.numFailedTests === 0 ? counts.numFailedTestSuites : 0)
  return {
    passed: counts.numPassedTests,
    failed: ok ? failed : Math.max(1, failed),
    skipped: counts.numPendingTests + counts.numTodoTests,
  }
}

function playwright(title: string): Counts {
  tell(title)
  const chromium = findOrInstallChromium(tell)
  if (chromium === null) {
    tell('SKIPPED: no Chromium could be found or installed. Install one, or set ATTUNE_CHROMIUM to its path.')
    return { passed: 0, failed: 0, skipped: 1 }
  }
  const report = join(reports, 'e2e.json')
  const ok = npmRun('test:e2e', [], { ATTUNE_CHROMIUM: chromium, ATTUNE_REPORT: report })
  const { stats } = playwrightReportSchema.parse(JSON.parse(readFileSync(report, 'utf8')))
  const failed = stats.unexpected + stats.flaky
  return { passed: stats.expected, failed: ok ? failed : Math.max(1, failed), skipped: stats.skipped }
}

function npmRun(script: string, args: string[] = [], env: NodeJS.ProcessEnv = {}): boolean {
  const command = ['run', '--silent', script, ...(args.length > 0 ? ['--', ...args] : [])]
  const { status } = spawnSync('npm', command, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NO_COLOR: '1', ...env },
    shell: process.platform === 'win32',
  })
  return status === 0
}

function tell(line: string): void {
  process.stdout.write(`\n${line}\n`)
}

const steps = [
  () => check('Format', 'format:check'),
  () => check('Lint', 'lint'),
  () => check('Types', 'types'),
  () => vitest('Unit tests', 'unit'),
  () => vitest('Integration tests', 'integration'),
  () => vitest('Integration tests on the built-in engine', 'engine'),
  () => check('Build', 'build'),
  () => playwright('Browser tests'),
]

const total: Counts = { passed: 0, failed: 0, skipped: 0 }
for (const step of steps) {
  const counts = step()
  total.passed += counts.passed
  total.failed += counts.failed
  total.skipped += counts.skipped
}
rmSync(reports, { recursive: true, force: true })
tell(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exitCode = total.failed === 0 ? 0 : 1
