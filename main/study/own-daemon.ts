import type { UsualDaemon } from '../../preload/contract/daemon.ts'
import { AttuneError } from '../../preload/contract/errors.ts'
import type { Study } from '../../preload/contract/study.ts'
import type { PrivatePlace } from '../ollama/private/place.ts'
import type { PrivateDaemon } from '../ollama/private/private-daemon.ts'
import type { StudyDaemon } from './prepare.ts'

type Surroundings = Pick<StudyDaemon, 'findPlace'>

/** What is known of the user's daemon before a study has one for itself beside it. Rejects where it cannot. */
export async function describeUsual(target: Surroundings): Promise<UsualDaemon> {
  const { installation, variables, isEnvironmentKnown } = await placeBeside(target)
  return { installation, variables, isEnvironmentKnown }
}

/**
 * Starts the daemon that a study has for itself, with the environment that the user's had when it was planned; null
 * where the study measures in the user's. Rejects with `AttuneError`, nothing left running.
 */
export async function openOwnDaemon({ daemon }: Study, target: Surroundings): Promise<PrivateDaemon | null> {
  if (!daemon.usual) return null
  const own = (await placeBeside(target)).open(daemon.usual.variables)
  try {
    await own.begin()
    return own
  } catch (error) {
    await own.close()
    throw error
  }
}

async function placeBeside({ findPlace }: Surroundings): Promise<PrivatePlace> {
  if (findPlace) return findPlace()
  throw new AttuneError({
    code: 'conflict',
    message: 'A second Ollama can only be started beside one that runs on this computer.',
    hint: 'Run the study without a second Ollama.',
  })
}
