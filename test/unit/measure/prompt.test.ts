import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Prompt } from '../../../main/measure/prompt.ts'
import { buildPrompt, calibrate, fitWorkload, isTruncated, uncalibrated } from '../../../main/measure/prompt.ts'
import { createRandom } from '../../../main/search/random.ts'

const chat = { promptTokens: 400, outputTokens: 120 }

/** A tokenizer that makes so many tokens of each word and adds its own at the beginning. */
const countTokens = (prompt: Prompt, tokensPerWord: number, overhead: number) =>
  Math.round(prompt.text.split(' ').length * tokensPerWord) + overhead

describe('buildPrompt', () => {
  test('counts its own words rightly', () => {
    const prompt = buildPrompt(chat, 4096, uncalibrated, createRandom(1))
    expect(prompt.text.split(' ')).toHaveLength(prompt.wordCount)
  })

  test('no two prompts share their first word, or the daemon would remember it', () => {
    const random = createRandom(1)
    const firstWords = Array.from(
      { length: 1000 },
      () => buildPrompt(chat, 4096, uncalibrated, random).text.split(' ')[0],
    )
    expect(new Set(firstWords).size).toBe(1000)
    expect(firstWords.every((word) => /^[a-z0-9]{8}$/.test(word ?? ''))).toBe(true)
  })

  test('the same random numbers make the same prompt', () => {
    const build = () => buildPrompt(chat, 4096, uncalibrated, createRandom(5)).text
    expect(build()).toBe(build())
  })

  test('after one answer it hits the asked length within three percent, whatever the tokenizer', () => {
    const tokenizer = fc.record({
      tokensPerWord: fc.double({ min: 0.9, max: 5, noNaN: true }),
      overhead: fc.integer({ min: 0, max: 4 }),
    })
    fc.assert(
      fc.property(tokenizer, fc.integer({ min: 200, max: 2000 }), (tokenizer, promptTokens) => {
        const workload = { promptTokens, outputTokens: 120 }
        const random = createRandom(1)
        const first = buildPrompt(workload, 32_768, uncalibrated, random)
        const counted = countTokens(first, tokenizer.tokensPerWord, tokenizer.overhead)
        const second = buildPrompt(workload, 32_768, calibrate(first, counted), random)
        const again = countTokens(second, tokenizer.tokensPerWord, tokenizer.overhead)
        expect(Math.abs(again / promptTokens - 1)).toBeLessThan(0.03)
      }),
      { seed: 1 },
    )
  })

  test('prompt and output stay below the context, for the first prompt and for every later one', () => {
    const contexts = fc.integer({ min: 512, max: 8192 })
    const asked = fc.record({
      promptTokens: fc.integer({ min: 1, max: 9000 }),
      outputTokens: fc.integer({ min: 1, max: 9000 }),
    })
    fc.assert(
      fc.property(
        contexts,
        asked,
        fc.double({ min: 0.9, max: 5.5, noNaN: true }),
        (contextLength, asked, tokensPerWord) => {
          const workload = fitWorkload(asked, contextLength)
          const random = createRandom(1)
          const first = buildPrompt(workload, contextLength, uncalibrated, random)
          const firstTokens = countTokens(first, tokensPerWord, 1)
          expect(firstTokens + workload.outputTokens).toBeLessThan(contextLength)
          const second = buildPrompt(workload, contextLength, calibrate(first, firstTokens), random)
          expect(countTokens(second, tokensPerWord, 1) + workload.outputTokens).toBeLessThan(contextLength)
        },
      ),
      { seed: 1, numRuns: 300 },
    )
  })
})

describe('fitWorkload', () => {
  test('leaves alone what fits', () => {
    expect(fitWorkload(chat, 4096)).toEqual(chat)
  })

  test('shortens the prompt, and the output only where it would fill half the context', () => {
    expect(fitWorkload(chat, 512)).toEqual({ promptTokens: 376, outputTokens: 120 })
    expect(fitWorkload({ promptTokens: 400, outputTokens: 1024 }, 512)).toEqual({
      promptTokens: 240,
      outputTokens: 256,
    })
  })
})

describe('isTruncated', () => {
  const prompt = buildPrompt(chat, 4096, uncalibrated, createRandom(1))
  const calibrated = calibrate(prompt, 400)
  const later = buildPrompt(chat, 4096, calibrated, createRandom(2))

  test('an ordinary first answer is none, even from an odd tokenizer', () => {
    expect(isTruncated(prompt, prompt.wordCount, uncalibrated)).toBe(false)
    expect(isTruncated(prompt, prompt.wordCount * 5, uncalibrated)).toBe(false)
  })

  test('fewer tokens than words are proof from the first answer on', () => {
    expect(isTruncated(prompt, 2, uncalibrated)).toBe(true)
    expect(isTruncated(prompt, Math.round(prompt.wordCount / 2), uncalibrated)).toBe(true)
  })

  test('once calibrated, half the expected tokens are', () => {
    expect(isTruncated(later, 400, calibrated)).toBe(false)
    expect(isTruncated(later, 415, calibrated)).toBe(false)
    expect(isTruncated(later, 256, calibrated)).toBe(true)
    expect(isTruncated(later, 600, calibrated)).toBe(true)
  })
})
