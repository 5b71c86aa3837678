import { AttuneError } from '../../../preload/contract/errors.ts'
import { failure, type FailureContext } from './failures.ts'

const ownAddress = 'Give Attune the address of Ollama itself: on the computer that it runs on, http://127.0.0.1:11434.'

/**
 * The error for an answer that is not the daemon's own but of something in front of it, or in its place: a sign-in, a
 * gateway that finds nothing behind it, a web page. Null where it may be the daemon's, which sends no pages, asks for
 * no password and never redirects.
 */
export function answerOfAnother(
  context: FailureContext,
  { status, headers }: Pick<Response, 'status' | 'headers'>,
): AttuneError | null {
  const isPage = /^text\/html\b/i.test(headers.get('content-type') ?? '')
  if (status === 401) {
    return new AttuneError({
      code: 'daemonRefused',
      message: `A sign-in stands before Ollama at ${context.url}, and Attune has no password for it.`,
      hint: ownAddress,
    })
  }
  if (status === 502 || status === 504 || (status === 503 && isPage)) return failure(context, 'daemonUnreachable', '')
  if (!isPage && (status < 300 || status >= 400)) return null
  return new AttuneError({
    code: 'daemonUnexpectedAnswer',
    message: `A web page answers at ${context.url} instead of Ollama, perhaps to sign in there.`,
    hint: ownAddress,
  })
}
