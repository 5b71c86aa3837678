import type { z } from 'zod'
import { factsFromMetadata } from '../models/facts.ts'
import type { ListedModel, LoadedModel, ShownModel } from './daemon.ts'
import { parseParametersText } from './parameters.ts'
import type { PsEntry, TagsEntry, showSchema } from './http/schemas.ts'

const bytesPerMiB = 1024 * 1024

/** Models that run elsewhere or only embed are of no use here. Older versions do not tell: BERTs never generate. */
export function canComplete({ remote_host, capabilities, details }: TagsEntry): boolean {
  if (remote_host !== '') return false
  return capabilities ? capabilities.includes('completion') : !details.family.includes('bert')
}

export function listedModel({ name, digest, size, details }: TagsEntry): ListedModel {
  return {
    name,
    digest,
    sizeBytes: size,
    parameterSize: details.parameter_size,
    quantization: details.quantization_level,
    family: details.family,
    contextLength: details.context_length || null,
  }
}

export function loadedModel(entry: PsEntry): LoadedModel {
  return {
    name: entry.name,
    digest: entry.digest,
    sizeMiB: entry.size / bytesPerMiB,
    vramMiB: entry.size_vram / bytesPerMiB,
    contextLength: entry.context_length || null,
    expiresAt: parseDate(entry.expires_at),
  }
}

/** Throws `modelUnsupported` if the answer does not say how the model is built. */
export function shownModel(shown: z.infer<typeof showSchema>): ShownModel {
  return {
    facts: factsFromMetadata({
      modelInfo: shown.model_info,
      tensors: shown.tensors ?? [],
      details: shown.details,
      ...(shown.projector_info ? { projectorInfo: shown.projector_info } : {}),
    }),
    parameters: parseParametersText(shown.parameters),
    capabilities: shown.capabilities,
  }
}

function parseDate(text: string | undefined): Date | null {
  const date = new Date(text ?? '')
  return Number.isNaN(date.getTime()) ? null : date
}
