import { assert, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Study } from '../../../preload/contract/study.ts'
import { html } from '../../../main/study/report/page/html.ts'
import { reportPage } from '../../../main/study/report/page/page.ts'
import { reportFor } from '../../../main/study/report/report.ts'
import { englishPage } from '../../../main/words/page.ts'
import { aStatement, aStudy, later, okOutcome, type TrialSketch } from './builders.ts'

const fast = { num_thread: 2 }
const trials: TrialSketch[] = [
  { purpose: 'baseline', outcome: okOutcome({ decode: 10 }) },
  { purpose: 'search', configuration: fast, outcome: okOutcome({ decode: 20 }) },
  { purpose: 'search', configuration: { num_thread: 1 }, outcome: { kind: 'outOfMemory', message: '' } },
  ...[0, 1, 2].flatMap((): TrialSketch[] => [
    { purpose: 'confirmCandidate', configuration: fast, outcome: okOutcome({ decode: 20 }) },
    { purpose: 'confirmBaseline', outcome: okOutcome({ decode: 10 }) },
  ]),
]

/** A finished study into whose names someone from outside has written. */
function finished(name: string): Study {
  const study = aStudy({ state: 'finished', phase: 'done', trials, searchEnded: { ...aStatement(), text: name } })
  const named: Study = {
    ...study,
    model: { ...study.model, ref: { ...study.model.ref, name }, digest: name },
    daemon: { ...study.daemon, version: name },
    machine: { ...study.machine, os: { ...study.machine.os, name }, cpu: { ...study.machine.cpu, name } },
    certificates: [
      {
        tag: name,
        configuration: study.plan.baseline,
        registeredAt: later,
        promised: { decodeTokensPerSecond: 20, turnSeconds: 6 },
        measured: null,
        promiseKept: null,
        undoneAt: null,
      },
    ],
  }
  return { ...named, report: reportFor(named, 'chat') }
}

const page = (study: Study) => reportPage(study, englishPage, '1.0')
const tagsOf = (markup: string) => markup.match(/<[^>]*>/g)

describe('the page of a report', () => {
  it('tells the verdict, the figures, the reasons, what was not tested and where it was measured', () => {
    const made = page(finished('llama:8b')).replaceAll(/\s+/g, ' ')
    expect(made).toMatch(/^<!doctype html>/)
    for (const part of [
      'What Attune found for llama:8b',
      'Better settings found',
      'we measured both 3 times, in turns and loaded afresh',
      'What changes, and why',
      'automatic becomes 2',
      'The answers were not compared',
      'did not fit into memory',
      'attune -- rerun',
    ]) {
      expect(made).toContain(part)
    }
  })

  it('needs no script and nothing from outside', () => {
    expect(page(finished('m'))).not.toMatch(/<script|<link|<img|src=|href=|url\(|@import|https?:/)
  })

  it('has the same elements whatever anyone wrote into a name', () => {
    const harmless = tagsOf(page(finished('m')))
    const nasty = [
      '</title><script>alert(1)</script>',
      '" onload="x',
      "' style='",
      '<!--',
      '&lt;',
      '\0',
      '\ud800',
      ']]>',
    ]
    for (const name of nasty) expect(tagsOf(page(finished(name)))).toEqual(harmless)
    assert(
      property(string({ minLength: 1, unit: 'binary' }), (name) => {
        expect(tagsOf(page(finished(name)))).toEqual(harmless)
      }),
      { seed: 7, numRuns: 60 },
    )
  })

  it('is there for a study without a result as well, and shows how far it came', () => {
    const made = page(aStudy({ state: 'failed', trials: [{ purpose: 'baseline', outcome: null }] }))
    expect(made).toContain('ended before your present settings were measured')
    expect(made).toContain('cut off')
  })
})

describe('a template of markup', () => {
  it('escapes what is put into it, and only once', () => {
    const inner = html`<b title="${'"'}">${'a < b & c'}</b>`
    expect(html`<p>${inner}${[inner]}${7}</p>`.markup).toBe(
      '<p><b title="&quot;">a &lt; b &amp; c</b><b title="&quot;">a &lt; b &amp; c</b>7</p>',
    )
  })

  it('gives back any text that is read as HTML reads it', () => {
    const read = (markup: string) =>
      markup
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&#39;', "'")
        .replaceAll('&amp;', '&')
    assert(
      property(string({ unit: 'grapheme' }), (text) => {
        const { markup } = html`${text}`
        expect(markup).not.toMatch(/[<>"']/)
        expect(read(markup)).toBe(text.replaceAll(/(?![\t\n\r])\p{Cc}/gu, '\ufffd'))
      }),
      { seed: 7, numRuns: 200 },
    )
  })
})
