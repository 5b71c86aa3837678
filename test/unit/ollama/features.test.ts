import { describe, expect, it } from 'vitest'
import { featuresOf, missingFeatures, newestFeatures, privateFeatures } from '../../../main/ollama/features.ts'

describe('features of a daemon', () => {
  const old = {
    reportsContextLength: false,
    automaticBatch: false,
    outputLayerFirst: false,
    automaticFlashAttention: false,
    flashAttentionOption: false,
    cacheTypeOption: false,
    parallelOption: false,
  }
  const early = { ...old, reportsContextLength: true }
  const middle = { ...early, automaticFlashAttention: true }

  it.each([
    ['0.5.7', old],
    ['0.9.6', old],
    ['0.10.0', early],
    ['0.12.3', early],
    ['0.12.4', middle],
    ['v0.12.11', middle],
    ['0.20.7', middle],
    ['0.29.9', middle],
    ['0.30.0', newestFeatures],
    ['0.30.0-rc1', newestFeatures],
    ['0.32.15', newestFeatures],
    ['1.0.0', newestFeatures],
    [' 0.20.7\n', middle],
  ])('follow from the version %j', (version, features) => {
    expect(featuresOf(version, 'ollama')).toEqual(features)
  })

  it.each(['0.0.0', '', 'dev', 'unknown', '0.0.0-dirty', '12'])('are the newest for a build called %j', (version) => {
    expect(featuresOf(version, 'ollama')).toEqual(newestFeatures)
  })
  it('that are missing are told, the oldest first', () => {
    const missing = (version: string) => missingFeatures(featuresOf(version, 'ollama'))
    const later = ['automaticBatch', 'outputLayerFirst']
    expect(missing('0.9.6')).toEqual(['reportsContextLength', 'automaticFlashAttention', ...later])
    expect(missing('0.20.7')).toEqual(later)
    expect(missing('0.33.0')).toEqual([])
  })

  it('let a request set flash attention in the built-in engine alone', () => {
    expect(featuresOf('0.32.0', 'builtIn')).toEqual({ ...newestFeatures, flashAttentionOption: true })
    expect(featuresOf('0.32.0', 'ollama').flashAttentionOption).toBe(false)
  })

  it('include what its environment sets once a study runs one for itself, a smaller cache only if the user agreed', () => {
    const own = { ...newestFeatures, flashAttentionOption: true, parallelOption: true }
    expect(privateFeatures(newestFeatures, false)).toEqual(own)
    expect(privateFeatures(newestFeatures, true)).toEqual({ ...own, cacheTypeOption: true })
  })
})
