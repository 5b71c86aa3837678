import { createHash } from 'node:crypto'
import { createRandom, drawNormal } from '../../../main/search/random.ts'

/** Chance that belongs to a name: the same name draws the same, whatever was drawn before. */
export interface Chance {
  /** exp(Normal(0, sd)): a factor around 1. */
  factor(name: string, sd: number): number
  /** Uniform between two bounds. */
  between(name: string, low: number, high: number): number
}

/** Everything that is drawn for one simulated world. */
export function createChance(world: string): Chance {
  const randomOf = (name: string) =>
    createRandom(createHash('sha256').update(`${world}/${name}`).digest().readUInt32LE(0))
  const normals = new Map<string, number>()
  const normalOf = (name: string) => {
    const drawn = normals.get(name) ?? drawNormal(randomOf(name))
    normals.set(name, drawn)
    return drawn
  }
  return {
    factor: (name, sd) => Math.exp(sd * normalOf(name)),
    between: (name, low, high) => low + (high - low) * randomOf(name)(),
  }
}
