/**
 * Architectures whose memory follows the formulas here: attention over the whole context or a window with a cache of
 * keys and values, feed-forward or experts, state-space layers. Those that keep more than that (indexes for sparse
 * attention, encoders, several streams), and new ones, are left out. Names: `LLM_ARCH_NAMES` in llama.cpp's
 * src/llama-arch.cpp; without the hyphen, as Ollama's own converter once wrote them.
 */
const known = new Set(
  [
    'llama llama4 mistral3 mistral4 deci falcon grok gpt2 gptneox mpt baichuan starcoder starcoder2 refact bloom',
    'stablelm qwen qwen2 qwen2moe qwen2vl qwen3 qwen3moe qwen3next qwen3vl qwen3vlmoe qwen35 qwen35moe phi2 phi3',
    'phimoe plamo codeshell orion internlm2 minicpm minicpm3 gemma gemma2 gemma3 gemma3n gemma4 mamba mamba2 jamba',
    'falcon-h1 xverse command-r cohere2 cohere2moe dbrx olmo olmo2 olmoe openelm arctic deepseek deepseek2 chatglm',
    'glm4 glm4moe bitnet jais nemotron nemotron_h nemotron_h_moe exaone exaone4 exaone-moe rwkv6 rwkv7 granite',
    'granitemoe granitehybrid bailingmoe bailingmoe2 dots1 arcee afmoe ernie4_5 ernie4_5-moe hunyuan-moe',
    'hunyuan-dense smollm3 gpt-oss gptoss lfm2 lfm2moe smallthinker seed_oss minimax-m2 apertus kimi-linear plamo3 mellum',
  ].flatMap((line) => line.split(' ')),
)

/** Whether estimates for an architecture rest on more than the likeness to others. */
export function isKnownArchitecture(architecture: string): boolean {
  return known.has(architecture)
}

/** Architectures that load a tied output matrix beside the embedding, even on the processor (llama.cpp src/models). */
const copying = new Set(['gemma3n', 'gemma4'])

export function copiesTiedMatrix(architecture: string): boolean {
  return copying.has(architecture)
}
