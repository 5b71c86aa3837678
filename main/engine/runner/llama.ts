import { getLlama, LlamaLogLevel, type Llama } from 'node-llama-cpp'
import { AttuneError } from '../../../preload/contract/errors.ts'

/** llama.cpp in this process, and the last lines it logged. */
export interface LlamaBackend {
  llama: Llama
  /** Problems that llama.cpp reported since the last call, newest last; "" if none. */
  takeProblems(): string
}

const keptLines = 6

/**
 * Starts llama.cpp on the best device for which a ready-made binary works, else on the processor. Nothing is built or
 * downloaded. Threads are not capped: `num_thread` above the core count must do what it does in Ollama. Rejects with
 * `engineCrashed` where there is no binary for this computer.
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
  const llama = await getLlama({ ...options, gpu: 'auto' })
    .catch(() => getLlama({ ...options, gpu: false }))
    .catch((cause: unknown) => {
      throw new AttuneError(
        {
          code: 'engineCrashed',
          message: 'The built-in engine has no llama.cpp that runs on this computer.',
          hint: 'Install Ollama and let Attune use it instead.',
        },
        { cause },
      )
    })
  return {
    llama,
    takeProblems: () => problems.splice(0).join('\n'),
  }
}
