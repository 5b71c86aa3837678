import type { Estimate } from '../../preload/contract/estimate.ts'
import { englishStudy } from '../../preload/words/english.ts'

export type Format = ReturnType<typeof createFormat>

/** One kind of figure with its unit: a value of it, and what lies between two values. */
export interface Quantity {
  of: (value: number) => string
  range: (low: number, high: number) => string
}

interface Scale {
  formatter: Intl.NumberFormat
  /** The value times this is what the formatter's unit counts. */
  factor: number
  /** A unit that Intl does not know. */
  suffix?: string
}

/**
 * Numbers, units, durations and dates in the manner of one language.
 *
 * @param tokensPerSecond the unit that Intl does not know.
 */
export function createFormat(locale: string, tokensPerSecond = englishStudy.tokensPerSecond) {
  const fixed = (digits: number, options: Intl.NumberFormatOptions = {}) =>
    new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits, ...options })
  const unit = (name: string, digits = 0, unitDisplay: 'long' | 'short' = 'short') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay, maximumFractionDigits: digits })
  const minute = unit('minute', 0, 'long')
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' })
  const list = new Intl.ListFormat(locale, { type: 'unit' })
  const and = new Intl.ListFormat(locale, { type: 'conjunction' })
  const whole = fixed(0)

  /** Three digits that count: 7.91, 31.6, 105. */
  const figureDigits = (value: number) => (Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0)

  /** A stretch of time in words, as rough as anyone needs it. */
  const duration = (seconds: number) => {
    if (seconds < 60) return unit('second', 0, 'long').format(Math.round(seconds))
    const minutes = Math.round(seconds / 60)
    if (minutes < 60) return minute.format(minutes)
    const rest = minutes % 60
    const hours = unit('hour', 0, 'long').format((minutes - rest) / 60)
    return rest === 0 ? hours : list.format([hours, minute.format(rest)])
  }

  return {
    /** The decimal sign and the one between thousands, as plotly wants them. */
    separators: separatorsOf(locale),
    integer: (value: number) => whole.format(value),
    /** "this, that and the other" */
    list: (parts: readonly string[]) => and.format(parts),
    /** Seconds, the short ones in milliseconds. */
    seconds: quantity((value) =>
      value < 1
        ? { formatter: unit('millisecond'), factor: 1000 }
        : { formatter: fixed(figureDigits(value), { style: 'unit', unit: 'second', unitDisplay: 'short' }), factor: 1 },
    ),
    /** Mebibytes as people know memory: 12288 is "12 GB". */
    memory: quantity((mebibytes) =>
      mebibytes < 1000
        ? { formatter: unit('megabyte'), factor: 1 }
        : { formatter: unit('gigabyte', mebibytes < 20 * 1024 ? 1 : 0), factor: 1 / 1024 },
    ),
    tokensPerSecond: quantity((value) => ({
      formatter: fixed(figureDigits(value)),
      factor: 1,
      suffix: ` ${tokensPerSecond}`,
    })),
    /** 19.4 is 19 percent, in the language's own spacing. */
    percent: quantity((value) => ({
      formatter: fixed(0, {
        style: 'percent',
        minimumFractionDigits: 0,
        maximumFractionDigits: Math.abs(value) < 10 ? 1 : 0,
      }),
      factor: 1 / 100,
    })),
    /** Whole minutes, never none. */
    minutes: quantity(
      () => ({ formatter: minute, factor: 1 }),
      (value) => Math.max(1, Math.round(value)),
    ),
    duration,
    /** A file's size; files are counted in thousands, as Ollama and file managers do. */
    fileSize: (bytes: number) =>
      bytes < 1e9 ? unit('megabyte').format(bytes / 1e6) : unit('gigabyte', 1).format(bytes / 1e9),
    /** The time of day; `moment` in milliseconds since the epoch. */
    time: (moment: number) => time.format(moment),
    date: (iso: string) => date.format(new Date(iso)),
    dateTime: (iso: string) => dateTime.format(new Date(iso)),
  }
}

function separatorsOf(locale: string): string {
  const parts = new Intl.NumberFormat(locale, { useGrouping: true }).formatToParts(12_345.6)
  const sign = (type: 'decimal' | 'group') => parts.find((part) => part.type === type)?.value ?? ''
  return sign('decimal') + sign('group')
}

/** The interval of an estimate in words, null where there was only one measurement. */
export function intervalText({ interval }: Estimate, { range }: Quantity): string | null {
  return interval === null ? null : range(interval.low, interval.high)
}

/** `choose` picks the unit by the value, for a range by its upper end. */
function quantity(choose: (value: number) => Scale, adjust = (value: number) => value): Quantity {
  return {
    of: (value) => {
      const { formatter, factor, suffix = '' } = choose(value)
      return formatter.format(adjust(value) * factor) + suffix
    },
    range: (low, high) => {
      const { formatter, factor, suffix = '' } = choose(high)
      const [from, to] = [adjust(low) * factor, adjust(high) * factor]
      // Intl marks a range whose ends read the same as approximate, which an interval is not.
      const isOne = formatter.format(from) === formatter.format(to)
      return (isOne ? formatter.format(to) : formatter.formatRange(from, to)) + suffix
    },
  }
}
