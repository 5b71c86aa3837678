import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Context } from '../../../main/shells/cli/context.ts'
import { createCliText } from '../../../main/shells/cli/format.ts'
import { exportReport } from '../../../main/shells/cli/studies.ts'
import { exportStudy } from '../../../main/study/report/export.ts'
import { aStudy } from '../study/builders.ts'

describe('a report from the command line', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'attune-report-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  const study = aStudy({ trials: [{ purpose: 'baseline' }] })
  const context = {
    api: {
      'study.export': async ({ format }: { format: 'html' | 'json' }) =>
        exportStudy(study, { format, language: 'en', version: '1.0' }),
    },
    terminal: { err: { write: () => true } },
    text: createCliText('en'),
  } as unknown as Context

  it('is a page, or a document for programs where the file is to be one', async () => {
    const [page, document] = [join(folder, 'report.html'), join(folder, 'report.json')]
    await exportReport(context, study, page)
    await exportReport(context, study, document)
    expect(await readFile(page, 'utf8')).toMatch(/^<!doctype html>/)
    expect(JSON.parse(await readFile(document, 'utf8'))).toMatchObject({ id: study.id })
  })

  it('speaks the language of the window', () => {
    const { content } = exportStudy(study, { format: 'html', language: 'de', version: '1.0' })
    expect(content).toContain('<html lang="de">')
    expect(content).toContain('Die Studie endete, bevor deine jetzigen Einstellungen gemessen waren.')
    expect(content).toContain('Wo und wie gemessen wurde')
  })

  it('never takes the place of a file that is there', async () => {
    const path = join(folder, 'report.html')
    await exportReport(context, study, path)
    await expect(exportReport(context, study, path)).rejects.toMatchObject({ code: 'storeUnwritable' })
  })
})
