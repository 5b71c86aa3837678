import type { MachineSources } from '../sources.ts'
import { parseWholeNumber } from '../text.ts'

/** How warm the processor is; `celsius` null where the system tells only whether it holds back because of heat. */
export interface Heat {
  isHot: boolean
  celsius: number | null
}

/** Processors slow themselves down from 95 to 105 °C on; a sensor names its own limit in `critical`. */
const hotCelsius = 90
const criticalMargin = 8
/** What sensors that are broken or not connected say lies outside. */
const believableCelsius = { lowest: 1, highest: 130 }

/** One sensor of the processor, in thousandths of a degree as the kernel has them. */
export interface Sensor {
  temperature: string | null
  critical: string | null
}

/** The hottest sensor decides; null where none can be believed. */
export function judgeSensors(sensors: readonly Sensor[]): Heat | null {
  const believed = sensors.flatMap(({ temperature, critical }) => {
    const celsius = believable(temperature)
    if (celsius === null) return []
    const limit = Math.min(hotCelsius, (believable(critical) ?? Infinity) - criticalMargin)
    return [{ celsius, isHot: celsius >= limit }]
  })
  if (believed.length === 0) return null
  return {
    isHot: believed.some(({ isHot }) => isHot),
    celsius: Math.round(Math.max(...believed.map(({ celsius }) => celsius))),
  }
}

function believable(text: string | null): number | null {
  const thousandths = parseWholeNumber(text)
  if (thousandths === null) return null
  const celsius = thousandths / 1000
  return celsius >= believableCelsius.lowest && celsius <= believableCelsius.highest ? celsius : null
}

const hwmonRoot = '/sys/class/hwmon'
const zoneRoot = '/sys/class/thermal'
/** Sensors of processors; others are of disks, radios and boards, and some boards' are fixed numbers. */
const processorSensors = /^(coretemp|k10temp|zenpower|cpu[_-]?thermal|soc[_-]thermal|apple_soc)/
const processorZones = /^(x86_pkg_temp|TCPU|cpu|soc|big|little|cluster)/i

export async function readLinuxHeat(sources: MachineSources): Promise<Heat | null> {
  const [monitors, zones] = await Promise.all([sources.listFolder(hwmonRoot), sources.listFolder(zoneRoot)])
  const fromMonitors = (monitors ?? []).map(async (name): Promise<Sensor[]> => {
    const read = (file: string) => sources.readFile(`${hwmonRoot}/${name}/${file}`)
    const [kind, temperature, critical] = await Promise.all([read('name'), read('temp1_input'), read('temp1_crit')])
    return processorSensors.test(kind ?? '') ? [{ temperature, critical }] : []
  })
  const fromZones = (zones ?? []).map(async (name): Promise<Sensor[]> => {
    const read = (file: string) => sources.readFile(`${zoneRoot}/${name}/${file}`)
    const [kind, temperature] = await Promise.all([read('type'), read('temp')])
    return processorZones.test(kind ?? '') ? [{ temperature, critical: null }] : []
  })
  return judgeSensors((await Promise.all([...fromMonitors, ...fromZones])).flat())
}

/**
 * `notifyutil -g com.apple.system.thermalpressurelevel` on macOS: the name and the level, 0 for none and 1 for a moderate
 * pressure, at which the processor is slowed down.
 */
export function parseThermalPressure(text: string | null): Heat | null {
  const level = /thermalpressurelevel\s+(\d{1,2})\b/.exec(text ?? '')?.[1]
  return level === undefined ? null : { isHot: Number(level) >= 1, celsius: null }
}

/** Windows' thermal zones: below 100 percent the zone holds the processor back. 0 comes from zones without a limit. */
export function judgePassiveLimits(percents: readonly number[]): Heat | null {
  const told = percents.filter((percent) => percent > 0)
  return told.length === 0 ? null : { isHot: told.some((percent) => percent < 100), celsius: null }
}
