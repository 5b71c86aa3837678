import { AttuneError } from '../../../preload/contract/errors.ts'
import type { Certificate, Study } from '../../../preload/contract/study.ts'
import type { Daemon } from '../../ollama/daemon.ts'
import { changedParameters } from '../../ollama/parameters.ts'
import { isSameName, normalizeName } from '../../models/names.ts'
import { liveCertificate } from '../transitions.ts'
import { tagParameters } from './tag-parameters.ts'

/**
 * Removes the tag that this study registered, and no other. Resolves as well if the tag is gone already, by whatever
 * hand; the caller then notes it as undone.
 *
 * Rejects with `notFound` if the study registered no such tag, `conflict` if it was undone before or if the tag is not
 * what the study made of it.
 */
export async function removeTag(study: Study, name: string, daemon: Daemon): Promise<Certificate> {
  const certificate = liveCertificate(study, normalizeName(name))
  if (!certificate) throw notRegistered(study, name)
  const { tag, configuration } = certificate
  const listed = (await daemon.listModels()).some((model) => isSameName(model.name, tag))
  if (!listed) return certificate
  const { parameters } = await daemon.showModel(tag)
  if (Object.keys(changedParameters(parameters, tagParameters(study, configuration))).length > 0) {
    throw new AttuneError({
      code: 'conflict',
      message: `${tag} was changed after Attune had made it, so Attune leaves it alone.`,
      hint: `Remove it yourself if you do not need it: ollama rm ${tag}`,
    })
  }
  await daemon.deleteModel(tag)
  return certificate
}

function notRegistered(study: Study, name: string): AttuneError {
  const wasUndone = study.certificates.some(({ tag }) => isSameName(tag, name))
  return wasUndone
    ? new AttuneError({
        code: 'conflict',
        message: `${name} was removed before.`,
        hint: 'There is nothing left to undo.',
      })
    : new AttuneError({
        code: 'notFound',
        message: `This study did not register a model called ${name}.`,
        hint: 'Choose one of the models that it registered.',
      })
}
