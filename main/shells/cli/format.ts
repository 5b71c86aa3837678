import type { Estimate } from '../../../preload/contract/estimate.ts'
import type { Configuration } from '../../../preload/contract/model.ts'
import type { Language } from '../../../preload/contract/settings.ts'
import type { MeasuredChoice } from '../../../preload/contract/study.ts'
import { englishCli, type CliWords } from '../../words/cli.ts'
import { germanCli } from '../../words/german/cli.ts'

const dictionaries: Readonly<Record<Language, CliWords>> = { en: englishCli, de: germanCli }

export type CliText = ReturnType<typeof createCliText>

/** The words of one language and its way of writing figures. */
export function createCliText(language: Language) {
  const words = dictionaries[language]

  /** "12.3", "0.54", "118": three significant digits, as no measurement here is better than that. */
  const significant = (value: number): string =>
    Number(value.toPrecision(3)).toLocaleString(words.locale, { maximumSignificantDigits: 3 })

  /** "41.2 (39.9 to 42.5)", or the bare mean where there is no interval. */
  const estimate = ({ mean, interval }: Estimate): string =>
    interval === null
      ? significant(mean)
      : `${significant(mean)} (${words.range(significant(interval.low), significant(interval.high))})`

  const memory = (mebibytes: number): string =>
    mebibytes < 1024 ? `${Math.round(mebibytes)} MB` : `${significant(mebibytes / 1024)} GB`

  /** "num_thread 2, num_batch 512"; what the daemon decides itself is left out. */
  const configuration = (chosen: Configuration): string => {
    const parts = [
      chosen.num_gpu >= 0 ? `num_gpu ${chosen.num_gpu}` : '',
      chosen.num_thread > 0 ? `num_thread ${chosen.num_thread}` : '',
      chosen.num_batch > 0 ? `num_batch ${chosen.num_batch}` : '',
      chosen.use_mmap === null ? '' : `use_mmap ${chosen.use_mmap}`,
      chosen.flash_attention === null ? '' : `flash_attention ${chosen.flash_attention}`,
      chosen.kv_cache_type === null ? '' : `kv_cache_type ${chosen.kv_cache_type}`,
      chosen.num_parallel === null ? '' : `num_parallel ${chosen.num_parallel}`,
    ].filter((part) => part !== '')
    return parts.length > 0 ? parts.join(', ') : words.allAutomatic
  }

  const { figures } = words.studies
  return {
    language,
    words,
    significant,
    estimate,
    memory,
    configuration,
    choiceHeader: [
      figures.settings,
      figures.turn,
      figures.ttft,
      figures.prefill,
      figures.decode,
      figures.memory,
    ] as readonly string[],
    /** The measured figures of one configuration, as table cells. */
    choiceCells: (choice: MeasuredChoice): string[] => [
      configuration(choice.configuration),
      estimate(choice.turnSeconds),
      estimate(choice.ttftSeconds),
      estimate(choice.prefillTokensPerSecond),
      estimate(choice.decodeTokensPerSecond),
      memory(choice.memory.ramMiB + choice.memory.vramMiB),
    ],
  }
}

/** "1 min 20 s", "45 s". */
export function durationText(seconds: number): string {
  const whole = Math.round(seconds)
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}
