import { describe, expect, it } from 'vitest'
import { formatLocation, parseLocation, type Location } from '../../../renderer/state/location.ts'

const locations: [string, Location][] = [
  ['#/', { page: 'new', step: 'computer' }],
  ['#/model', { page: 'new', step: 'model' }],
  ['#/goal', { page: 'new', step: 'goal' }],
  ['#/plan', { page: 'new', step: 'plan' }],
  ['#/study/study-0001', { page: 'study', id: 'study-0001', step: null }],
  ['#/study/study-0001/save', { page: 'study', id: 'study-0001', step: 'save' }],
  ['#/library', { page: 'library' }],
  ['#/compare/study-0001/study-0002', { page: 'compare', left: 'study-0001', right: 'study-0002' }],
  ['#/settings', { page: 'settings' }],
]

describe('the address', () => {
  it.each(locations)('%s stands for one place, both ways', (hash, location) => {
    expect(parseLocation(hash)).toEqual(location)
    expect(formatLocation(location)).toBe(hash)
  })

  it.each(['', '#', '#/nonsense', '#/study', '#/%E0%A4%A'])('%j leads to the start', (hash) => {
    expect(parseLocation(hash)).toEqual({ page: 'new', step: 'computer' })
  })

  it('shows the step that a study calls for when it asks for an unknown one', () => {
    expect(parseLocation('#/study/study-0001/nonsense')).toEqual({ page: 'study', id: 'study-0001', step: null })
  })

  it('goes to the library when one of two studies to compare is missing', () => {
    expect(parseLocation('#/compare/study-0001')).toEqual({ page: 'library' })
  })
})
