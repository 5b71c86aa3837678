/** Uniform numbers on [0, 1). */
export type Random = () => number

/**
 * A seeded generator of uniform numbers on [0, 1): sfc32, 128 bits of state, period at least 2³².
 * Source: C. Doty-Humphrey, PractRand 0.94, `sfc32`; twelve rounds mix the seed in, as there.
 */
export function createRandom(seed: number): Random {
  let a = 0
  let b = seed | 0
  let c = Math.floor(seed / 2 ** 32) | 0
  let counter = 1
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 2 ** 32
  }
  for (let round = 0; round < 12; round++) next()
  return next
}

/** One draw from Normal(0, 1) by the Box–Muller transform; uses two uniform numbers. */
export function drawNormal(random: Random): number {
  // 1 − u lies in (0, 1], so the logarithm is finite.
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** The items in an order drawn at random (Fisher–Yates); the input is left as it is. */
export function shuffle<T>(items: readonly T[], random: Random): T[] {
  const shuffled = [...items]
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    const [a, b] = [shuffled[last] as T, shuffled[other] as T]
    shuffled[last] = b
    shuffled[other] = a
  }
  return shuffled
}
