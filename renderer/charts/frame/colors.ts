/** Between two colours written as `#rrggbb`: `share` 0 is the first, 1 the second. */
export function mix(from: string, to: string, share: number): string {
  const [one, other] = [channels(from), channels(to)]
  const mixed = one.map((value, i) => Math.round(value + share * ((other[i] ?? value) - value)))
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

/** Whichever of the colours stands out more from a ground (contrast as WCAG 2.2 defines it). */
export function readableOn(ground: string, colors: readonly string[]): string {
  const contrast = (color: string) => {
    const [light = 0, dark = 0] = [luminance(color), luminance(ground)].toSorted((a, b) => b - a)
    return (light + 0.05) / (dark + 0.05)
  }
  return colors.toSorted((a, b) => contrast(b) - contrast(a))[0] ?? ground
}

function channels(color: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = channels(color).map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
