import type { DaemonFeatures, DaemonKind } from '../../preload/contract/daemon.ts'

/** Features that came with a version of Ollama; its environment is no request's business in any of them. */
export type VersionedFeature = Exclude<
  keyof DaemonFeatures,
  'flashAttentionOption' | 'cacheTypeOption' | 'parallelOption'
>

/** The first version with each feature (Ollama's release history; automatic batch and layer order seen on daemons). */
const firstVersions: Record<VersionedFeature, readonly [number, number, number]> = {
  reportsContextLength: [0, 10, 0],
  automaticFlashAttention: [0, 12, 4],
  automaticBatch: [0, 30, 0],
  outputLayerFirst: [0, 30, 0],
}

/** What the newest daemon can do, assumed where the version is not known. */
export const newestFeatures: DaemonFeatures = {
  reportsContextLength: true,
  automaticBatch: true,
  outputLayerFirst: true,
  automaticFlashAttention: true,
  flashAttentionOption: false,
  cacheTypeOption: false,
  parallelOption: false,
}

/**
 * Features of a daemon by its version string. A build from source calls itself `0.0.0` or something without numbers
 * and counts as the newest; a release candidate counts as its release.
 */
export function featuresOf(version: string, kind: DaemonKind): DaemonFeatures {
  const flashAttentionOption = kind === 'builtIn'
  const numbers = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version.trim())?.slice(1).map(Number)
  if (!numbers || numbers.every((number) => number === 0)) return { ...newestFeatures, flashAttentionOption }
  const has = (feature: VersionedFeature) => !isBefore(numbers, firstVersions[feature])
  return {
    reportsContextLength: has('reportsContextLength'),
    automaticBatch: has('automaticBatch'),
    outputLayerFirst: has('outputLayerFirst'),
    automaticFlashAttention: has('automaticFlashAttention'),
    flashAttentionOption,
    cacheTypeOption: false,
    parallelOption: false,
  }
}

/** What newer versions of Ollama have and this one lacks, the oldest first. */
export function missingFeatures(features: DaemonFeatures): VersionedFeature[] {
  const names = Object.keys(firstVersions) as VersionedFeature[]
  return names.filter((name) => !features[name])
}

/** The same daemon once a study runs one for itself, whose environment it can set. */
export function privateFeatures(features: DaemonFeatures, quantisedCache: boolean): DaemonFeatures {
  return { ...features, flashAttentionOption: true, cacheTypeOption: quantisedCache, parallelOption: true }
}

function isBefore(version: readonly number[], other: readonly number[]): boolean {
  const index = version.findIndex((number, position) => number !== other[position])
  return index !== -1 && (version[index] ?? 0) < (other[index] ?? 0)
}
