import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** `meta.json` of a small table in the format of the shared ones. */
export const tinyMeta = {
  id: 'tiny',
  machine: {
    os: 'linux',
    cpu: { brand: 'test', performanceCores: 4, efficiencyCores: 0, physicalCores: 4, logicalCores: 4, allowedCores: 3 },
    memoryTotalMiB: 16_384,
    memoryAvailableMiB: 14_000,
    gpus: [],
  },
  model: {
    quantization: 'Q4_0',
    block_count: 4,
    embedding_length: 1024,
    head_count: 16,
    head_count_kv: 8,
    key_length: 64,
    value_length: 64,
    feed_forward_length: 2816,
    vocab_size: 8192,
    expert_count: 0,
    expert_used_count: 0,
    layerBytes: 6e6,
    outputBytes: 4e6,
    tokenEmbeddingBytes: 4e6,
  },
  workload: { prompt_tokens: 400, output_tokens: 100, num_ctx: 4096, repetition_limit_s: 60 },
  noise: { within_load_sd_log: 0, between_load_sd_log: 0, drift_fraction: 0, drift_time_constant_s: 1 },
  knobs: { num_thread: [0, 2, 3], num_batch: [0, 64], use_mmap: ['default'] },
}

/** Turns: 0/0 (4 threads on 3 allowed cores) 4.112 + 10 s, 3/0 2.092 + 8 s; 2/0 never loads, 2/64 crawls. */
export const tinyRows = `num_thread,num_batch,use_mmap,outcome,load_s,ttft_s,prefill_tps,decode_tps,ram_mib,vram_mib
0,0,default,ok,5,,100,10,500,0
3,0,default,ok,5,,200,12.5,500,0
2,0,default,oom,3,,,,,
0,64,default,ok,5,,80,10,450,0
3,64,default,ok,5,,150,12.5,450,0
2,64,default,timeout,4,,10,1,450,0
`

/** Table folders of a test, removed by `remove`. */
export function tableFolders() {
  const directory = mkdtempSync(join(tmpdir(), 'tables-'))
  return {
    directory,
    add(name: string, meta: object = tinyMeta, rows = tinyRows): string {
      const folder = join(directory, name)
      mkdirSync(folder)
      writeFileSync(join(folder, 'meta.json'), JSON.stringify(meta))
      writeFileSync(join(folder, 'rows.csv.gz'), gzipSync(rows))
      return folder
    },
    remove: () => rmSync(directory, { recursive: true }),
  }
}
