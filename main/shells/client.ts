import { AttuneError } from '../../preload/contract/errors.ts'
import { routes, type Api, type RouteName } from '../../preload/contract/routes.ts'
import type { Router } from '../router.ts'

/** The contract's typed client over the router in this process, for the command line and tests. */
export function createClient(router: Router): Api {
  const call = (route: RouteName) => async (input: unknown) => {
    const envelope = await router.handle(route, input)
    if (!envelope.ok) throw new AttuneError(envelope.error)
    return envelope.data
  }
  // The mapped type cannot be built key by key in a way that TypeScript can follow.
  return Object.fromEntries(Object.keys(routes).map((route) => [route, call(route as RouteName)])) as Api
}
