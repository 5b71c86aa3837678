/** What llama.cpp counted and timed by itself: prompt batches, and steps of a single token. */
export interface LlamaPerformance {
  promptTokens: number
  promptSeconds: number
  steps: number
  stepSeconds: number
}

/** Reads what `llama_perf_context_print` logs; null where the lines are missing. */
export function parsePerformance(log: string): LlamaPerformance | null {
  const prompt = /prompt eval time =\s*([\d.]+) ms \/\s*(\d+) tokens/.exec(log)
  const step = /(?<!prompt )eval time =\s*([\d.]+) ms \/\s*(\d+) runs/.exec(log)
  if (!prompt || !step) return null
  return {
    promptTokens: Number(prompt[2]),
    promptSeconds: Number(prompt[1]) / 1000,
    steps: Number(step[2]),
    stepSeconds: Number(step[1]) / 1000,
  }
}
