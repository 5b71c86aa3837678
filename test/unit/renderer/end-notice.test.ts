import { describe, expect, it } from 'vitest'
import type { Study } from '../../../preload/contract/study.ts'
import { createEndNotice } from '../../../renderer/ui/browser/end-notice.ts'
import { study as aStudy } from './support/fixtures.ts'

function noticing(isHidden: boolean): { told: string[]; changed: (state: Study['state']) => void } {
  const told: string[] = []
  const notice = createEndNotice({ isHidden: () => isHidden, show: ({ state }) => told.push(state) })
  return { told, changed: (state) => notice({ type: 'study.changed', study: { ...aStudy(), state } }) }
}

describe('the end of a study', () => {
  it('is told once, to whoever looks elsewhere', () => {
    const { told, changed } = noticing(true)
    changed('running')
    changed('paused')
    changed('running')
    changed('finished')
    changed('finished')
    expect(told).toEqual(['finished'])
  })

  it('is not told to whoever sees it', () => {
    const { told, changed } = noticing(false)
    changed('running')
    changed('finished')
    expect(told).toEqual([])
  })

  it('is not told of a study that is saved long after its end', () => {
    const { told, changed } = noticing(true)
    changed('finished')
    expect(told).toEqual([])
  })
})
