import type { Values } from './say.ts'

/** Mebibytes as people know memory: 12288 is "12 GB". */
export function gigabytes(mebibytes: Values[string] | undefined): string {
  const size = Number(mebibytes) / 1024
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} GB`
}
