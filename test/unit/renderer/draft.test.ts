import { describe, expect, it } from 'vitest'
import {
  clampContextLength,
  contextChoices,
  emptyDraft,
  recommendedModel,
  selectedModel,
  studyRequest,
} from '../../../renderer/state/draft.ts'
import { model } from './support/fixtures.ts'

const practice = model('practice', { ref: { daemon: 'builtIn', name: 'practice' }, isPractice: true })

describe('the context lengths on offer', () => {
  it('end at what the model was trained for', () => {
    expect(contextChoices(8192)).toEqual([2048, 4096, 8192])
    expect(contextChoices(10_000)).toEqual([2048, 4096, 8192])
  })

  it('are the model’s own limit where even the shortest is too long', () => {
    expect(contextChoices(1024)).toEqual([1024])
  })

  it('are all there where the limit is unknown', () => {
    expect(contextChoices(null)).toEqual([2048, 4096, 8192, 16_384, 32_768])
  })

  it('turn a wish that is too long into the longest there is', () => {
    expect(clampContextLength(32_768, 8192)).toBe(8192)
    expect(clampContextLength(4096, 1024)).toBe(1024)
    expect(clampContextLength(4096, null)).toBe(4096)
  })
})

describe('the model selected at first', () => {
  it('is the first of the user’s own that fits and that Attune did not make', () => {
    const models = [
      practice,
      model('huge', { fit: 'tooBig' }),
      model('mine-attuned', { isAttuned: true }),
      model('mine'),
      model('other'),
    ]
    expect(recommendedModel(models)?.ref.name).toBe('mine')
  })

  it('is the practice model where there is no other', () => {
    expect(recommendedModel([practice, model('huge', { fit: 'tooBig' })])).toBe(practice)
  })

  it('is none where nothing fits', () => {
    expect(recommendedModel([model('huge', { fit: 'tooBig' })])).toBeNull()
  })

  it('gives way to the user’s choice, and comes back when that model is gone', () => {
    const draft = { ...emptyDraft, model: { daemon: 'ollama', name: 'other' } as const }
    expect(selectedModel(draft, [model('mine'), model('other')])?.ref.name).toBe('other')
    expect(selectedModel(draft, [model('mine')])?.ref.name).toBe('mine')
  })
})

describe('the request for a study', () => {
  it('never asks for more context than the model has', () => {
    const request = studyRequest({ ...emptyDraft, contextLength: 32_768 }, model('mine', { contextLength: 4096 }))
    expect(request.contextLength).toBe(4096)
  })

  it('loads models again unless that was not wished for, and looks at the computer only if it was', () => {
    expect(studyRequest(emptyDraft, model('mine'))).not.toHaveProperty('reloadsModels')
    expect(studyRequest(emptyDraft, model('mine'))).not.toHaveProperty('probesMachine')
    const request = studyRequest({ ...emptyDraft, probesMachine: true, reloadsModels: false }, model('mine'))
    expect(request).toMatchObject({ probesMachine: true, reloadsModels: false })
  })

  it('waits on battery only where that was wished for', () => {
    expect(studyRequest(emptyDraft, model('mine'))).not.toHaveProperty('pausesOnBattery')
    expect(studyRequest({ ...emptyDraft, pausesOnBattery: true }, model('mine')).pausesOnBattery).toBe(true)
  })
})
