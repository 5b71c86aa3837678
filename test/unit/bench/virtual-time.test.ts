import { describe, expect, it } from 'vitest'
import { createVirtualTime } from '../../bench/virtual/virtual-time.ts'

describe('createVirtualTime', () => {
  it('passes only where it is told to, and never back', async () => {
    const time = createVirtualTime()
    time.passUntil(5)
    time.passUntil(3)
    await time.sleep(2)
    expect(time.now()).toBe(7)
  })

  it('lets timers go off in their order, each at its own instant, and none that was cleared', async () => {
    const time = createVirtualTime()
    const seen: [string, number][] = []
    await time.withTimers(async () => {
      setTimeout(() => seen.push(['late', time.now()]), 4000)
      const cleared = setTimeout(() => seen.push(['cleared', time.now()]), 2000)
      setTimeout(() => seen.push(['early', time.now()]), 1000)
      clearTimeout(cleared)
      time.passUntil(3)
      time.passUntil(9)
    })
    expect(seen).toEqual([
      ['early', 1],
      ['late', 4],
    ])
    expect(time.now()).toBe(9)
  })

  it('stands still where a timer aborted the signal of whoever waits', async () => {
    const time = createVirtualTime()
    const limit = new AbortController()
    await time.withTimers(async () => {
      setTimeout(() => limit.abort(), 2500)
      expect(time.passUntil(10, limit.signal)).toBe(false)
    })
    expect(time.now()).toBe(2.5)
    expect(time.passUntil(20, limit.signal)).toBe(false)
    expect(time.now()).toBe(2.5)
  })

  it('gives the real timers back, even after a failure', async () => {
    const { setTimeout, clearTimeout } = globalThis
    const failing = createVirtualTime().withTimers(() => Promise.reject(new Error('no')))
    await expect(failing).rejects.toThrow('no')
    expect(globalThis.setTimeout).toBe(setTimeout)
    expect(globalThis.clearTimeout).toBe(clearTimeout)
  })
})
