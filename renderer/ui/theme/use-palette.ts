import { useComputedColorScheme } from '@mantine/core'
import { palettes, type Palette } from './theme.ts'

/** The colours of the present scheme, for what style sheets do not reach. */
export function usePalette(): Palette {
  // From the first drawing on, or a chart would be drawn light and then dark.
  return palettes[useComputedColorScheme('light', { getInitialValueInEffect: false })]
}
