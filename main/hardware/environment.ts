import type { MachineProfile } from '../../preload/contract/machine.ts'
import type { MachineSources } from './sources.ts'
import { parseKeyValues } from './text.ts'

export type Environment = NonNullable<MachineProfile['os']['environment']>

/** Makers and models under which hypervisors present themselves. */
const hypervisors =
  /QEMU|KVM|VMware|VirtualBox|innotek|Xen|Bochs|Parallels|Virtual Machine|Google Compute Engine|Amazon EC2|OpenStack/i

/** Whether a computer's maker and model are those of a virtual one. */
export function isVirtualModel(makerAndModel: string): boolean {
  return hypervisors.test(makerAndModel)
}

/**
 * Where this Linux runs. Windows' own kernel names itself; containers leave a file or their control group; a guest of
 * a hypervisor is known by its model or, where that is hidden, by the processor's flag.
 */
export async function readLinuxEnvironment(sources: MachineSources): Promise<Environment> {
  if (/microsoft/i.test(sources.basics.release)) return 'wsl'
  const read = (path: string) => sources.readFile(path)
  const [docker, podman, groups, maker, model, cpuinfo] = await Promise.all([
    read('/.dockerenv'),
    read('/run/.containerenv'),
    read('/proc/self/cgroup'),
    read('/sys/class/dmi/id/sys_vendor'),
    read('/sys/class/dmi/id/product_name'),
    read('/proc/cpuinfo'),
  ])
  const isGrouped = /\/(docker|kubepods|lxc|containerd|libpod)\b|[/-](docker|libpod|cri-containerd)-/.test(groups ?? '')
  if (docker !== null || podman !== null || isGrouped) return 'container'
  const flags = parseKeyValues(cpuinfo, ':').get('flags')?.split(' ') ?? []
  const isVirtual = isVirtualModel(`${maker ?? ''} ${model ?? ''}`) || flags.includes('hypervisor')
  return isVirtual ? 'virtualMachine' : 'hardware'
}
