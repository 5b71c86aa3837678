import type { MachineProfile } from '../../../preload/contract/machine.ts'

/** What a study is about: the content of a model, and the computer that it runs on. */
export interface StudySetting {
  model: { digest: string }
  machine: Pick<MachineProfile, 'cpu' | 'gpus'>
}

/** The same content of the model on a computer with the same processor and graphics. */
export function isSameSetting(one: StudySetting, other: StudySetting): boolean {
  const hardware = ({ machine: { cpu, gpus } }: StudySetting) =>
    JSON.stringify([cpu.name, cpu.logicalCores, gpus.map(({ name }) => name)])
  return one.model.digest === other.model.digest && hardware(one) === hardware(other)
}
