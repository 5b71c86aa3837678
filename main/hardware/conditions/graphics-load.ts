import { runNvidiaSmi } from '../graphics/nvidia.ts'
import type { MachineSources } from '../sources.ts'
import { parseWholeNumber, toMiB } from '../text.ts'

/** How a graphics card with memory of its own is doing; nulls where no tool tells. */
export interface GraphicsLoad {
  name: string
  busyShare: number | null
  totalMiB: number
  freeMiB: number | null
  celsius: number | null
}

const query = 'name,utilization.gpu,temperature.gpu,memory.total,memory.free'

/** Rows of nvidia-smi to the query above; what is not supported stands there in brackets. */
export function parseNvidiaLoad(text: string | null): GraphicsLoad[] {
  return (text ?? '').split('\n').flatMap((line) => {
    const fields = line.split(',').map((field) => field.trim())
    const [busy, celsius, total, free] = fields.slice(-4).map(parseWholeNumber)
    const name = fields.slice(0, -4).join(', ')
    if (name === '' || !total) return []
    return [
      {
        name,
        busyShare: share(busy),
        totalMiB: total,
        freeMiB: free === undefined || free === null ? null : Math.min(free, total),
        celsius: celsius ?? null,
      },
    ]
  })
}

function share(percent: number | null | undefined): number | null {
  return percent === null || percent === undefined ? null : Math.min(1, percent / 100)
}

/** Free on each card, MiB; null without a card, or where one does not tell. */
export function freeOnCardsMiB(loads: readonly GraphicsLoad[]): number[] | null {
  const told = loads.flatMap(({ freeMiB }) => (freeMiB === null ? [] : [freeMiB]))
  return told.length > 0 && told.length === loads.length ? told : null
}

const drmRoot = '/sys/class/drm'
/** A processor's graphics unit is given less memory than this. */
const cardMiB = 4 * 1024

async function readAmdLoads(sources: MachineSources): Promise<GraphicsLoad[]> {
  const cards = ((await sources.listFolder(drmRoot)) ?? []).filter((name) => /^card\d{1,3}$/.test(name))
  const loads = cards.map(async (card): Promise<GraphicsLoad[]> => {
    const read = (file: string) => sources.readFile(`${drmRoot}/${card}/device/${file}`)
    const files = ['mem_info_vram_total', 'mem_info_vram_used', 'gpu_busy_percent']
    const [[total, used, busy], name] = await Promise.all([
      Promise.all(files.map(async (file) => parseWholeNumber(await read(file)))),
      read('product_name'),
    ])
    if (!total || toMiB(total) < cardMiB) return []
    const freeMiB = used === null || used === undefined ? null : toMiB(Math.max(0, total - used))
    const label = name?.trim() || 'AMD Radeon graphics'
    return [{ name: label, busyShare: share(busy), totalMiB: toMiB(total), freeMiB, celsius: null }]
  })
  return (await Promise.all(loads)).flat()
}

/** Cards of NVIDIA everywhere, of AMD on Linux; others keep it to themselves. */
export async function readGraphicsLoads(sources: MachineSources): Promise<GraphicsLoad[]> {
  const [nvidia, amd] = await Promise.all([
    runNvidiaSmi(sources, query),
    sources.basics.platform === 'linux' ? readAmdLoads(sources) : [],
  ])
  return [...parseNvidiaLoad(nvidia), ...amd]
}
