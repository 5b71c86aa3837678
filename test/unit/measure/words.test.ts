import { expect, test } from 'vitest'
import { measureSentences } from '../../../main/words/measure.ts'

const values = {
  number: 2,
  expected: 3,
  percent: 12,
  seconds: 31.6,
  name: 'llama3.2:3b',
  counted: 256,
  asked: 120,
  found: 8192,
  got: 3,
  measured: '4.1',
  predictedMiB: 3000,
  reserveMiB: 400,
  leftMiB: 100,
}

test.each(Object.entries(measureSentences))('%s is one whole sentence', (_, sentence) => {
  const text = sentence(values)
  expect(text).toMatch(/^[A-Z].*\.$/)
  expect(text).not.toMatch(/undefined|NaN|\[object/)
})
