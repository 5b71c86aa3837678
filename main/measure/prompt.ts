import type { Workload } from '../../preload/contract/goal.ts'

/**
 * What is known about how this model's tokenizer cuts our words. A value of its own: whoever measures carries it from
 * one prompt to the next.
 */
export interface PromptCalibration {
  /** Prompt tokens per word, the chat template's own tokens spread over the words. */
  tokensPerWord: number
  /** False until a first answer told. */
  isMeasured: boolean
}

/** Common English words are one token each in most vocabularies; the surplus stands for template and nonce. */
export const uncalibrated: PromptCalibration = { tokensPerWord: 1.2, isMeasured: false }

/** Before the first answer a prompt must fit the context even for a tokenizer that cuts words to pieces. */
const pessimisticTokensPerWord = 6
const spareTokens = 16
const fewestWords = 4

const words =
  'the a of and to in that it is was for on with as at by from this they have had not but what all were when we there can an your which their said if do will each about how up out them then she many some so these would other into has more her two like him see time could no make than first been its who now people my made over did down only way find use may water long little very after words called just where most know get through back much before go good new write our used me man too any day same right look think also around another came come work three word must because does part even place well such here take why things help put years different away again off went old number great tell men say small every found still between name should home big give air line set own under read last never us left end along while might next sound below saw something thought both few those always looked show large often together asked house world going want school important until form food keep children feet land side without boy once animals life enough took sometimes four head above kind began almost live page got earth need far hand high year mother light parts country father let night following picture being study second eyes soon times story boys since white days ever paper hard near sentence better best across during today others however sure means knew try told young miles sun ways thing whole hear example heard several change answer room sea against top turned learn point city play toward five using himself usually'.split(
    ' ',
  )

const instruction = 'Go on with this text in your own words, at great length, without stopping:'
const instructionWords = instruction.split(' ').length

export interface Prompt {
  text: string
  wordCount: number
  /** Tokens the daemon should count, by what is known so far. */
  expectedTokens: number
}

/**
 * The workload as far as it fits: prompt and output together stay below the context length, or the daemon would cut
 * the prompt to about half without a word.
 */
export function fitWorkload(workload: Workload, contextLength: number): Workload {
  const outputTokens = Math.max(1, Math.min(workload.outputTokens, Math.floor(contextLength / 2)))
  const promptTokens = Math.max(1, Math.min(workload.promptTokens, contextLength - outputTokens - spareTokens))
  return { ...workload, promptTokens, outputTokens }
}

/**
 * A prompt of about `workload.promptTokens` tokens that begins with eight random characters: the daemon keeps earlier
 * prompts, and only a fresh beginning makes it evaluate the whole text.
 */
export function buildPrompt(
  workload: Workload,
  contextLength: number,
  calibration: PromptCalibration,
  random: () => number,
): Prompt {
  const wanted = workload.promptTokens / calibration.tokensPerWord
  const room = contextLength - workload.outputTokens - spareTokens
  const safe = room / (calibration.isMeasured ? calibration.tokensPerWord * 1.05 : pessimisticTokensPerWord)
  const wordCount = Math.max(fewestWords, Math.round(Math.min(wanted, safe)))
  const text = Array.from({ length: Math.max(0, wordCount - instructionWords - 1) }, () => pick(random)).join(' ')
  return {
    text: `${nonce(random)} ${instruction} ${text}`.trimEnd(),
    wordCount,
    expectedTokens: Math.round(wordCount * calibration.tokensPerWord),
  }
}

/** Learns from one answer how many tokens a word takes. */
export function calibrate(prompt: Prompt, promptTokens: number): PromptCalibration {
  return { tokensPerWord: promptTokens / prompt.wordCount, isMeasured: true }
}

/**
 * Whether the daemon evaluated less than it was given, as it does silently where the context is shorter than believed.
 * Our words are at least a token each, so clearly fewer tokens than words is proof by itself; once calibrated, a count
 * a quarter off is proof that something was cut or added (the daemon's own cut leaves about half).
 */
export function isTruncated(prompt: Prompt, promptTokens: number, calibration: PromptCalibration): boolean {
  if (promptTokens < 0.7 * prompt.wordCount) return true
  return calibration.isMeasured && Math.abs(promptTokens / prompt.expectedTokens - 1) > 0.25
}

function pick(random: () => number): string {
  return words[Math.floor(random() * words.length)] ?? 'the'
}

function nonce(random: () => number): string {
  return Array.from({ length: 8 }, () => Math.floor(random() * 36).toString(36)).join('')
}
