import type { ProcessorWatch } from '../../../main/measure/processor-watch.ts'
import type { VirtualDaemon } from './virtual-daemon.ts'
import type { VirtualTime } from './virtual-time.ts'

/** Another program that takes a share of the processor for some time. */
export interface BackgroundProgram {
  startsAtSeconds: number
  /** Infinity if it stays. */
  endsAtSeconds: number
  /** 0 to 1. */
  share: number
}

/** What it leaves of the speed. */
export function speedLeftBy(program: BackgroundProgram): (nowSeconds: number) => number {
  const { startsAtSeconds, endsAtSeconds, share } = program
  return (nowSeconds) => (nowSeconds < startsAtSeconds || nowSeconds >= endsAtSeconds ? 1 : 1 - share)
}

/** A watch that tells of the program as the system's processor times would; the daemon has what the program leaves. */
export function watchOver(
  { startsAtSeconds, endsAtSeconds, share }: BackgroundProgram,
  cores: number,
  time: VirtualTime,
  daemon: Pick<VirtualDaemon, 'busySeconds'>,
): ProcessorWatch {
  return {
    read() {
      const others = Math.max(0, Math.min(time.now(), endsAtSeconds) - startsAtSeconds) * share * cores
      const own = daemon.busySeconds() * (1 - share) * cores
      return Promise.resolve({
        atSeconds: time.now(),
        cores,
        busySeconds: own + others,
        daemonSeconds: new Map([[1, own]]),
        ownSeconds: 0,
      })
    },
  }
}
