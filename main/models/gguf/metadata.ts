import { z } from 'zod'

const wholeNumberSchema = z.union([z.number(), z.bigint()]).transform(Number).pipe(z.number().int().nonnegative())

const flagSchema = z.union([z.boolean(), z.number().transform((value) => value !== 0)])

/** Typed look-ups in GGUF metadata. Keys are given without the architecture's prefix. */
export interface MetadataReader {
  architecture: string
  /** A whole number; null where the key is missing, an array, or nonsense. */
  number(key: string): number | null
  /** One number a layer: an array as it is, a scalar repeated; null where neither is there. */
  perLayer(key: string, layers: number): number[] | null
  /** One truth a layer from an array; null where there is none. */
  flags(key: string, layers: number): boolean[] | null
  /** A key with its full name, such as `general.parameter_count`. */
  general(key: string): number | null
  /** Length of the array under a key with its full name; null where the daemon left it out. */
  lengthOf(key: string): number | null
}

function parsedOrNull<T>(schema: z.ZodType<T>, value: unknown): T | null {
  const result = schema.safeParse(value)
  return result.success ? result.data : null
}

/** Null where `general.architecture` is missing, as every other key starts with it. */
export function readMetadata(modelInfo: Record<string, unknown>): MetadataReader | null {
  const architecture = modelInfo['general.architecture']
  if (typeof architecture !== 'string' || architecture === '') return null
  const find = (key: string) => modelInfo[`${architecture}.${key}`]
  return {
    architecture,
    number: (key) => parsedOrNull(wholeNumberSchema, find(key)),
    perLayer: (key, layers) => {
      const scalar = parsedOrNull(wholeNumberSchema, find(key))
      if (scalar !== null) return Array.from({ length: layers }, () => scalar)
      return parsedOrNull(z.array(wholeNumberSchema).min(layers), find(key))?.slice(0, layers) ?? null
    },
    flags: (key, layers) => parsedOrNull(z.array(flagSchema).min(layers), find(key))?.slice(0, layers) ?? null,
    general: (key) => parsedOrNull(wholeNumberSchema, modelInfo[key]),
    lengthOf: (key) => {
      const value = modelInfo[key]
      return Array.isArray(value) ? value.length : null
    },
  }
}
