import { getLlama, LlamaLogLevel, type Llama } from 'node-llama-cpp'

/** llama.cpp in this process, and the last lines it logged. */
export interface LlamaBackend {
  llama: Llama
  /** Problems that llama.cpp reported since the last call, newest last; "" if none. */
  takeProblems(): string
}

const keptLines = 6

/**
 * Starts llama.cpp on the best device for which a ready-made binary works, else on the processor. Nothing is built or
 * downloaded. Threads are not capped: `num_thread` above the core count must do what it does in Ollama.
 */
export async function startLlama(): Promise<LlamaBackend> {
  const problems: string[] = []
  const options = {
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    maxThreads: 0,
    logLevel: LlamaLogLevel.warn,
    logger: (_level: LlamaLogLevel, message: string) => {
      problems.push(message.trimEnd())
      if (problems.length > keptLines) problems.shift()
    },
  } as const
  const llama = await getLlama({ ...options, gpu: 'auto' }).catch(() => getLlama({ ...options, gpu: false }))
  return {
    llama,
    takeProblems: () => problems.splice(0).join('\n'),
  }
}
