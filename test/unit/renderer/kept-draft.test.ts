import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyDraft, type Draft } from '../../../renderer/state/draft.ts'
import { formatDraft, parseDraft } from '../../../renderer/state/kept-draft.ts'

describe('the choices made before a reload', () => {
  it('are there after it', () => {
    const draft: Draft = {
      model: { daemon: 'builtIn', name: 'practice' },
      isModelChosen: true,
      goal: 'memory',
      contextLength: 8192,
      budget: 'thorough',
      isGoalChosen: true,
      pausesOnBattery: !emptyDraft.pausesOnBattery,
      probesMachine: !emptyDraft.probesMachine,
      reloadsModels: !emptyDraft.reloadsModels,
      privateDaemon: !emptyDraft.privateDaemon,
      quantisedCache: !emptyDraft.quantisedCache,
    }
    expect(parseDraft(formatDraft(draft))).toEqual(draft)
  })

  it('are those of the start where nothing was kept', () => {
    expect(parseDraft(null)).toEqual(emptyDraft)
  })

  it('are usable whatever was kept', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.json(),
      fc.record({ goal: fc.anything(), model: fc.anything() }).map((value) => JSON.stringify(value)),
    )
    fc.assert(
      fc.property(anything, (text) => {
        const draft = parseDraft(text)
        expect(Object.keys(draft).toSorted()).toEqual(Object.keys(emptyDraft).toSorted())
        expect(['chat', 'throughput', 'memory']).toContain(draft.goal)
        expect(draft.contextLength).toBeGreaterThan(0)
        expect(draft.model === null || typeof draft.model.name === 'string').toBe(true)
      }),
      { seed: 3, numRuns: 300 },
    )
  })
})
