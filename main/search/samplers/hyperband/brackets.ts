/** Only one in so many configurations goes on from one rung to the next (η). */
export const eta = 3

/** So many configurations are measured with so much resource each. */
export interface Rung {
  configurations: number
  resource: number
}

/** Successive halving: rungs of ever fewer configurations with ever more resource, up to the full one. */
export type Bracket = readonly Rung[]

/**
 * The brackets of Hyperband for a full resource R, the one with most configurations and least resource first.
 * Source: L. Li et al., "Hyperband: A novel bandit-based approach to hyperparameter optimization", JMLR 18 (2018),
 * algorithm 1.
 *
 * @param full R, a whole power of η.
 */
export function hyperbandBrackets(full: number): Bracket[] {
  const most = Math.round(Math.log(full) / Math.log(eta))
  return Array.from({ length: most + 1 }, (_, index) => {
    const halvings = most - index
    const configurations = Math.ceil(((most + 1) / (halvings + 1)) * eta ** halvings)
    return Array.from({ length: halvings + 1 }, (_, rung) => ({
      configurations: Math.floor(configurations / eta ** rung),
      resource: full / eta ** (halvings - rung),
    }))
  })
}

/**
 * The brackets that fit into so many loads: round after round in their order, leaving out those that no longer fit;
 * the last loads, too few for any, are measured in full.
 */
export function affordableBrackets(brackets: readonly Bracket[], loads: number): Bracket[] {
  const chosen: Bracket[] = []
  let left = loads
  let hasRoom = true
  while (hasRoom) {
    hasRoom = false
    for (const bracket of brackets) {
      const needed = bracket.reduce((sum, { configurations }) => sum + configurations, 0)
      if (needed > left) continue
      chosen.push(bracket)
      left -= needed
      hasRoom = true
    }
  }
  const full = brackets.at(-1)?.[0]
  return full && left > 0 ? [...chosen, [{ ...full, configurations: left }]] : chosen
}

/** A configuration on its way up the rungs, in the order in which they began. */
export interface Contender {
  /** Cost at each resource with which it was measured; null where it was not admissible. */
  costs: ReadonlyMap<number, number | null>
  /** Failed, or known to need too much memory. */
  isOut: boolean
}

export type Move<C extends Contender> =
  { kind: 'begin'; resource: number } | { kind: 'promote'; contender: C; resource: number; of: number }

/**
 * What is worth measuring next; null once all brackets are done. A rung is completed before its best go on: with a
 * single computer nothing is gained by going on sooner, as ASHA does for many (L. Li et al., MLSys 2020). Where one
 * fails on its way up, the next best takes its place.
 *
 * @param canBegin whether there is a configuration left that has not begun.
 */
export function nextMove<C extends Contender>(
  brackets: readonly Bracket[],
  contenders: readonly C[],
  canBegin: boolean,
): Move<C> | null {
  let begun = 0
  for (const [first, ...higher] of brackets) {
    if (!first) continue
    const members = contenders.slice(begun, begun + first.configurations)
    begun += first.configurations
    if (members.length < first.configurations && canBegin) return { kind: 'begin', resource: first.resource }
    let rivals = members
    let resource = first.resource
    for (const rung of higher) {
      const ranked = rank(rivals, resource)
      const promoted = ranked.slice(0, rung.configurations)
      const waiting = promoted.find((contender) => highest(contender) < rung.resource)
      if (waiting) return { kind: 'promote', contender: waiting, resource: rung.resource, of: rivals.length }
      rivals = promoted
      resource = rung.resource
    }
  }
  return null
}

/**
 * What the last load is best spent on, should a bracket not have come to its end: the contender that looks best, in
 * full. Null if that was measured in full already, or if there is none.
 */
export function finalMove<C extends Contender>(contenders: readonly C[], full: number): Move<C> | null {
  const rated = contenders.flatMap((contender) => {
    const cost = contender.costs.get(highest(contender)) ?? null
    return contender.isOut || cost === null ? [] : [{ contender, cost }]
  })
  const [best] = rated.toSorted((a, b) => a.cost - b.cost)
  if (!best || highest(best.contender) >= full) return null
  return { kind: 'promote', contender: best.contender, resource: full, of: rated.length }
}

/** Those still in the race, best first by what they showed at this rung. */
function rank<C extends Contender>(contenders: readonly C[], resource: number): C[] {
  return contenders
    .filter(({ isOut }) => !isOut)
    .map((contender) => ({ contender, cost: costAt(contender, resource) }))
    .filter(({ cost }) => cost !== null)
    .toSorted((a, b) => (a.cost ?? 0) - (b.cost ?? 0))
    .map(({ contender }) => contender)
}

/** Cost with the least resource that is enough for the rung; null where there is none or it is not admissible. */
function costAt({ costs }: Contender, resource: number): number | null {
  const enough = [...costs.keys()].filter((measured) => measured >= resource)
  return costs.get(Math.min(...enough)) ?? null
}

function highest({ costs }: Contender): number {
  return Math.max(0, ...costs.keys())
}
