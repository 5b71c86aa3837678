import { readSysctl } from './macos.ts'
import { type Processor, basicProcessor, readLinuxProcessor, toldProcessor } from './processor/cpu.ts'
import { type Environment, readLinuxEnvironment } from './environment.ts'
import { readAmd } from './graphics/amd.ts'
import type { GraphicsEvidence } from './graphics/assemble.ts'
import { readExternalAddresses, readLinuxAdapters, windowsAdapters } from './graphics/listing.ts'
import { noNvidia, readNvidia } from './graphics/nvidia.ts'
import { type Power, readPower, unknownPower } from './power.ts'
import type { MachineSources } from './sources.ts'
import { readWindows } from './windows.ts'

/** What differs from system to system in the way it is found out. */
export interface Readings {
  processor: Processor
  graphics: GraphicsEvidence
  power: Power
  environment: Environment
}

/** Waits for a piece of work, but not for ever: null if it fails or takes too long. */
export type Attempt = <T>(work: Promise<T>) => Promise<T | null>

export async function readPlatform(sources: MachineSources, attempt: Attempt): Promise<Readings> {
  switch (sources.basics.platform) {
    case 'linux':
      return readLinux(sources, attempt)
    case 'darwin':
      return readDarwin(sources, attempt)
    case 'win32':
      return readWin32(sources, attempt)
    default:
      return {
        processor: basicProcessor(sources),
        graphics: { ...nothing, nvidia: (await attempt(readNvidia(sources))) ?? noNvidia },
        power: unknownPower,
        environment: 'hardware',
      }
  }
}

const nothing: GraphicsEvidence = { nvidia: noNvidia, amd: [], apple: null, adapters: [], externalAddresses: [] }

async function readLinux(sources: MachineSources, attempt: Attempt): Promise<Readings> {
  const [processor, nvidia, amd, adapters, externalAddresses, power, environment] = await Promise.all([
    attempt(readLinuxProcessor(sources)),
    attempt(readNvidia(sources)),
    attempt(readAmd(sources)),
    attempt(readLinuxAdapters(sources)),
    attempt(readExternalAddresses(sources)),
    attempt(readPower(sources)),
    attempt(readLinuxEnvironment(sources)),
  ])
  return {
    processor: processor ?? basicProcessor(sources),
    graphics: {
      nvidia: nvidia ?? noNvidia,
      amd: amd ?? [],
      apple: null,
      adapters: adapters ?? [],
      externalAddresses: externalAddresses ?? [],
    },
    power: power ?? unknownPower,
    environment: environment ?? 'hardware',
  }
}

async function readDarwin(sources: MachineSources, attempt: Attempt): Promise<Readings> {
  const [apple, power] = await Promise.all([attempt(readSysctl(sources)), attempt(readPower(sources))])
  return {
    processor: apple === null ? basicProcessor(sources) : toldProcessor(apple, sources),
    graphics: { ...nothing, apple },
    power: power ?? unknownPower,
    environment: apple?.isVirtual ? 'virtualMachine' : 'hardware',
  }
}

async function readWin32(sources: MachineSources, attempt: Attempt): Promise<Readings> {
  const [windows, nvidia] = await Promise.all([attempt(readWindows(sources)), attempt(readNvidia(sources))])
  const adapters = windowsAdapters(windows?.adapters ?? [])
  return {
    processor: windows === null ? basicProcessor(sources) : toldProcessor(windows, sources),
    graphics: { ...nothing, nvidia: nvidia ?? noNvidia, adapters },
    power: windows?.power ?? unknownPower,
    environment: windows?.isVirtual ? 'virtualMachine' : 'hardware',
  }
}
