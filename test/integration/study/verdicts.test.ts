import { expect, it } from 'vitest'
import { startScriptedDaemon } from '../../daemon/scripted-daemon.ts'
import { freshStudy, quickChat, runToEnd } from './laboratory.ts'

it('repairs a tag that asks for four times as many threads as there are cores', async () => {
  await using scripted = await startScriptedDaemon({
    models: [{ name: 'base', parameters: { num_thread: 16 } }],
    noise: { betweenLoads: 0.02, withinLoad: 0.01 },
  })
  const { study } = await runToEnd(scripted, await freshStudy(scripted, quickChat('base:latest')))
  console.log(
    JSON.stringify(
      {
        s: study.state,
        f: study.failure,
        v: study.report?.verdict,
        c: study.report?.changes,
        n: study.report?.notes,
        t: study.trials.map((t) => [
          t.purpose,
          t.configuration,
          t.outcome?.kind === 'ok' ? t.outcome.decodeTokensPerSecond.mean : t.outcome,
        ]),
      },
      null,
      1,
    ),
  )
  expect(study.report?.verdict.kind).toBe('improved')
})
