import type { Estimate } from '../../preload/contract/estimate.ts'

export type Format = ReturnType<typeof createFormat>

/** Numbers, units, durations and dates in the manner of one language. */
export function createFormat(locale: string) {
  const withDigits = (digits: number) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits })
  const fixed = (digits: number) =>
    new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits })
  const unit = (name: string, digits = 0, unitDisplay: 'long' | 'short' = 'long') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay, maximumFractionDigits: digits })
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  const list = new Intl.ListFormat(locale, { type: 'unit' })

  const integer = (value: number) => withDigits(0).format(value)
  /** Three digits that count: 7.91, 31.6, 105. */
  const figure = (value: number) => fixed(value < 10 ? 2 : value < 100 ? 1 : 0).format(value)

  const seconds = (value: number) => {
    if (value < 1) return unit('millisecond', 0, 'short').format(value * 1000)
    return unit('second', value < 10 ? 2 : value < 100 ? 1 : 0, 'short').format(value)
  }

  /** Mebibytes as people know memory: 12288 is "12 GB". */
  const memory = (mebibytes: number) => {
    if (mebibytes < 1000) return unit('megabyte', 0, 'short').format(mebibytes)
    const gigabytes = mebibytes / 1024
    return unit('gigabyte', gigabytes < 20 ? 1 : 0, 'short').format(gigabytes)
  }

  /** A stretch of time in words, as rough as anyone needs it. */
  const duration = (value: number) => {
    if (value < 60) return unit('second').format(Math.round(value))
    const minutes = Math.round(value / 60)
    if (minutes < 60) return unit('minute').format(minutes)
    const rest = minutes % 60
    const hours = unit('hour').format((minutes - rest) / 60)
    return rest === 0 ? hours : list.format([hours, unit('minute').format(rest)])
  }

  const tokensPerSecond = (value: number) => `${figure(value)} tokens/s`

  const range = (of: (value: number) => string) => (low: number, high: number) => {
    const [from, to] = [of(low), of(high)]
    return from === to ? from : `${from} – ${to}`
  }

  return {
    integer,
    figure,
    seconds,
    memory,
    duration,
    tokensPerSecond,
    range,
    /** A file's size; files are counted in thousands, as Ollama and file managers do. */
    fileSize: (bytes: number) =>
      bytes < 1e9 ? unit('megabyte', 0, 'short').format(bytes / 1e6) : unit('gigabyte', 1, 'short').format(bytes / 1e9),
    /** 19.4 is "19 %" in the language's own spacing. */
    percent: (value: number) =>
      new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: Math.abs(value) < 10 ? 1 : 0 }).format(
        value / 100,
      ),
    /** "6–9 minutes", or "6 minutes" where both round to the same. */
    minutes: (low: number, high: number) => {
      const [from, to] = [Math.max(1, Math.round(low)), Math.max(1, Math.round(high))]
      return unit('minute').formatRange(from, Math.max(from, to))
    },
    dateTime: (iso: string) => dateTime.format(new Date(iso)),
    /** The interval of an estimate, null where there was only one measurement. */
    interval: (estimate: Estimate, of: (value: number) => string) =>
      estimate.interval === null ? null : range(of)(estimate.interval.low, estimate.interval.high),
  }
}
