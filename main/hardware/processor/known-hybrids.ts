import { type CoreCounts, tidyCpuName } from './linux-cpu.ts'

/** Kinds of cores of one processor: [performance, efficiency, of these low-power]. */
type Kinds = readonly [performance: number, efficiency: number, lowPower: number]

/**
 * Processors whose kinds of cores Windows does not tell through threads (all of their cores have one thread each, or
 * all have two), by name and number of cores. Source: the vendors' data sheets.
 */
const families: readonly { name: RegExp; byCores: Readonly<Record<number, Kinds>> }[] = [
  // Lunar Lake.
  { name: /\bCore Ultra \d 2\d{2}V\b/, byCores: { 8: [4, 4, 4] } },
  // Arrow Lake H; its 16 and 14 cores are others than those of the desktop's.
  { name: /\bCore Ultra \d 2\d{2}H\b/, byCores: { 16: [6, 10, 2], 14: [4, 10, 2] } },
  // Arrow Lake on desktops, and HX.
  {
    name: /\bCore Ultra \d 2\d{2}(K|KF|F|T|S|HX)?$/,
    byCores: { 24: [8, 16, 0], 20: [8, 12, 0], 14: [6, 8, 0], 10: [6, 4, 0] },
  },
  // Strix Point and Krackan Point.
  {
    name: /\bRyzen AI \d (HX )?(PRO )?3\d{2}\b/,
    byCores: { 12: [4, 8, 0], 10: [4, 6, 0], 8: [4, 4, 0], 6: [3, 3, 0], 4: [1, 3, 0] },
  },
  // Phoenix 2.
  { name: /\bRyzen \d (PRO )?(7[45]45U|7440U|8[45]40U|8[35]00GE?)\b/, byCores: { 6: [2, 4, 0], 4: [1, 3, 0] } },
]

/** Meteor Lake's low-power cores count among the efficiency cores that its threads tell. */
const meteorLake = /\bCore Ultra \d 1\d{2}[HU]L?\b/
const meteorLakeLowPower = 2

/** Puts the kinds of cores of known processors into counts that only tell how many there are. */
export function withKnownKinds(name: string, counts: CoreCounts): CoreCounts {
  const tidy = tidyCpuName(name)
  if (counts.sockets > 1) return counts
  if (counts.efficiencyCores > meteorLakeLowPower && meteorLake.test(tidy)) {
    return { ...counts, lowPowerCores: meteorLakeLowPower }
  }
  const family = families.find((candidate) => candidate.name.test(tidy))
  const kinds = family?.byCores[counts.physicalCores]
  if (kinds === undefined) return counts
  const [performanceCores, efficiencyCores, lowPowerCores] = kinds
  return { ...counts, performanceCores, efficiencyCores, lowPowerCores }
}
