import {
  createTheme,
  defaultVariantColorsResolver,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core'

const pine: MantineColorsTuple = [
  '#eef8f6',
  '#d7ede9',
  '#afdcd4',
  '#84cabf',
  '#5cb9ab',
  '#33a394',
  '#17877a',
  '#0f6d63',
  '#0b574f',
  '#073f3a',
]

/** Neutrals of the dark scheme, text first, page last, as Mantine orders them. */
const night: MantineColorsTuple = [
  '#e4ecea',
  '#c2cecb',
  '#a2b2ae',
  '#7d8e8a',
  '#465552',
  '#34413f',
  '#232e2c',
  '#1a2322',
  '#121918',
  '#0c1110',
]

/** As Mantine's own, but with the contrast of the scheme's accent: Mantine judges by that of the light one. */
const variantColors: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input)
  const isAccent = input.color === undefined || input.color === input.theme.primaryColor
  return input.variant === 'filled' && isAccent ? { ...colors, color: 'var(--mantine-primary-color-contrast)' } : colors
}

/** Attune's look: one accent, neutral surfaces, no movement. */
export const theme = createTheme({
  colors: { pine, dark: night },
  primaryColor: 'pine',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  variantColorResolver: variantColors,
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  activeClassName: '',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.875rem', lineHeight: '1.2' },
      h2: { fontSize: '1.1875rem', lineHeight: '1.3' },
      h3: { fontSize: '1.0625rem', lineHeight: '1.35' },
    },
  },
  components: {
    Button: { defaultProps: { size: 'md' } },
    TextInput: { defaultProps: { size: 'md' } },
    // Nothing may move while a trial runs: moving pixels cost processor time that the model needs.
    Progress: { defaultProps: { transitionDuration: 0 } },
  },
})

/** Colours by meaning. The style sheets know them as `--attune-…`, the charts by these names. */
export interface Palette {
  page: string
  surface: string
  sunken: string
  text: string
  muted: string
  line: string
  controlLine: string
  accent: string
  accentSoft: string
  neutralBar: string
  warning: string
  warningSoft: string
  danger: string
  dangerSoft: string
}

export const palettes: Readonly<Record<'light' | 'dark', Palette>> = {
  light: {
    page: '#f4f7f6',
    surface: '#ffffff',
    sunken: '#eaefed',
    text: '#17211f',
    muted: '#53625f',
    line: '#dae2e0',
    controlLine: '#7f8f8b',
    accent: pine[7],
    accentSoft: '#e2f2ef',
    neutralBar: '#9aa9a5',
    warning: '#7d4406',
    warningSoft: '#fdf1de',
    danger: '#a3262a',
    dangerSoft: '#fdecec',
  },
  dark: {
    page: night[8],
    surface: night[7],
    sunken: night[9],
    text: night[0],
    muted: night[2],
    line: night[5],
    controlLine: night[3],
    accent: pine[4],
    accentSoft: '#153530',
    neutralBar: '#667773',
    warning: '#f2bd72',
    warningSoft: '#30240f',
    danger: '#ffa19e',
    dangerSoft: '#351a1a',
  },
}

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: variables(palettes.light),
  dark: variables(palettes.dark),
})

function variables(palette: Palette): Record<string, string> {
  return {
    '--mantine-color-body': palette.page,
    '--mantine-color-text': palette.text,
    '--mantine-color-dimmed': palette.muted,
    '--mantine-color-placeholder': palette.muted,
    '--attune-surface': palette.surface,
    '--attune-sunken': palette.sunken,
    '--attune-line': palette.line,
    '--attune-control-line': palette.controlLine,
    '--attune-accent': palette.accent,
    '--attune-accent-soft': palette.accentSoft,
    '--attune-neutral-bar': palette.neutralBar,
    '--attune-warning': palette.warning,
    '--attune-warning-soft': palette.warningSoft,
    '--attune-danger': palette.danger,
    '--attune-danger-soft': palette.dangerSoft,
  }
}
