// Asks gguf-parser-go what it expects llama.cpp to take on the processor alone. Run by peer.ts in a folder of its own:
// reads lines "path context batch flashAttention cacheType" and answers each with weights, cache and computation, bytes.
package main

import (
	"bufio"
	"fmt"
	"os"

	parser "github.com/gpustack/gguf-parser-go"
)

var cacheTypes = map[string]parser.GGMLType{
	"f16":  parser.GGMLTypeF16,
	"q8_0": parser.GGMLTypeQ8_0,
	"q4_0": parser.GGMLTypeQ4_0,
}

func main() {
	files := map[string]*parser.GGUFFile{}
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var path, cache string
		var context, batch int32
		var flash bool
		if _, err := fmt.Sscan(lines.Text(), &path, &context, &batch, &flash, &cache); err != nil {
			panic(err)
		}
		file := files[path]
		if file == nil {
			parsed, err := parser.ParseGGUFFile(path)
			if err != nil {
				panic(err)
			}
			file = parsed
			files[path] = file
		}
		options := []parser.GGUFRunEstimateOption{
			parser.WithLLaMACppContextSize(context),
			parser.WithLLaMACppLogicalBatchSize(batch),
			parser.WithLLaMACppPhysicalBatchSize(batch),
			parser.WithLLaMACppOffloadLayers(0),
			parser.WithLLaMACppCacheKeyType(cacheTypes[cache]),
			parser.WithLLaMACppCacheValueType(cacheTypes[cache]),
		}
		if flash {
			options = append(options, parser.WithFlashAttention())
		}
		cpu := file.EstimateLLaMACppRun(options...).Devices[0]
		computation := uint64(cpu.Computation.Sum()) - uint64(cpu.Computation.Footprint)
		fmt.Println(uint64(cpu.Weight.Sum()), uint64(cpu.KVCache.Sum()), computation)
	}
}
