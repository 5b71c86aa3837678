import { z } from 'zod'

/** A rectangle of the desktop, in its own pixels. */
export const boundsSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().positive(),
  height: z.int().positive(),
})
export type Bounds = z.infer<typeof boundsSchema>

/** Where the window was and how large, as it is kept between starts. */
export const windowPlaceSchema = z.object({
  schemaVersion: z.literal(1),
  /** Where it was last seen; null: never. Of a maximised window, where it goes back to. */
  bounds: boundsSchema.nullable(),
  isMaximised: z.boolean(),
})
export type WindowPlace = z.infer<typeof windowPlaceSchema>

export const leastSize = { width: 380, height: 560 } as const
const usualSize = { width: 1280, height: 860 } as const

/** So much of the window must be in sight to be grasped with the mouse. */
const graspable = { width: 120, height: 40 } as const

/**
 * Where to open the window: where it was, if that can still be seen; else in the middle of the first screen. Never
 * larger than the screen that it is on, never smaller than it can be used.
 *
 * @param screens what programs may use of each screen, the main one first; there is always one.
 */
export function placeOnScreens(kept: Bounds | null, screens: readonly Bounds[]): Partial<Bounds> {
  const usual = within(usualSize, screens[0])
  if (kept === null) return usual
  const places = screens.map((screen) => ({ screen, place: { ...kept, ...within(kept, screen) } }))
  return places.find(({ screen, place }) => canBeGrasped(place, screen))?.place ?? usual
}

/** Is enough of the title bar, at the window's upper edge, on this screen? */
function canBeGrasped(window: Bounds, screen: Bounds): boolean {
  const left = Math.max(window.x, screen.x)
  const right = Math.min(window.x + window.width, screen.x + screen.width)
  const isBelowTop = window.y >= screen.y
  const isAboveBottom = window.y + graspable.height <= screen.y + screen.height
  return right - left >= graspable.width && isBelowTop && isAboveBottom
}

function within(size: Pick<Bounds, 'width' | 'height'>, screen: Bounds | undefined): Pick<Bounds, 'width' | 'height'> {
  return {
    width: Math.max(leastSize.width, Math.min(size.width, screen?.width ?? size.width)),
    height: Math.max(leastSize.height, Math.min(size.height, screen?.height ?? size.height)),
  }
}
