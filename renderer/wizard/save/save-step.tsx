import { Button } from '@mantine/core'
import type { Study } from '../../../preload/contract/study.ts'
import { valueOf } from '../../state/remote.ts'
import { useActions, useAttune, useRequest } from '../../state/use-attune.ts'
import { useText } from '../../text/use-text.ts'
import { Disclosure } from '../../ui/parts/disclosure.tsx'
import { RemoteView } from '../../ui/layout/remote-view.tsx'
import { Step } from '../../ui/layout/step.tsx'
import { CertificatePanel } from './certificate-panel.tsx'
import { EnvironmentPanel } from './environment-panel.tsx'
import { RegistrationProgress } from './registration-progress.tsx'
import { SaveButton, SaveForm } from './save-form.tsx'
import classes from './save.module.css'
import { useSaving } from './use-saving.ts'

/** Step 7: makes a tag of what was found, measures it as saved, and can take it back. */
export function SaveStep({ study }: { study: Study }) {
  const { words } = useText()
  const { goTo } = useActions()
  const picked = useAttune((state) => (state.pick?.studyId === study.id ? state.pick.configuration : null))
  const registration = useAttune((state) => (state.registration?.studyId === study.id ? state.registration : null))
  const configuration = picked ?? study.report?.best.configuration ?? study.plan.baseline
  const certificates = study.certificates.toReversed()
  const isSaved = certificates.some((certificate) => certificate.undoneAt === null)
  const environment = useRequest(`${study.id} ${JSON.stringify(configuration)}`, (api) =>
    api['save.environment']({ id: study.id, configuration }),
  )
  const known = valueOf(environment.answer)
  const isHeldByTag = known?.isHeldByTag ?? true
  const saving = useSaving(study, configuration, known?.isHeldByTag === true)
  const isRegistering = registration !== null
  const summary = words.parameters.summary(configuration)
  const form = <SaveForm saving={saving} isRegistering={isRegistering} />
  const save = <SaveButton saving={saving} isRegistering={isRegistering} />
  return (
    <Step
      heading={isSaved ? words.save.headingSaved : isHeldByTag ? words.save.heading : words.save.headingServer}
      lead={isSaved ? words.save.leadSaved : isHeldByTag ? words.save.lead(summary) : words.save.leadServer(summary)}
      back={
        <Button variant="default" onClick={() => goTo({ page: 'study', id: study.id, step: 'result' })}>
          {words.save.back}
        </Button>
      }
      forward={
        isSaved ? (
          <Button onClick={() => goTo({ page: 'new', step: 'model' })}>{words.result.another}</Button>
        ) : (
          isHeldByTag && save
        )
      }
    >
      {certificates.map((certificate) => (
        <CertificatePanel key={certificate.tag + certificate.registeredAt} study={study} certificate={certificate} />
      ))}
      {registration !== null && <RegistrationProgress registration={registration} />}
      <RemoteView remote={environment.answer} onRetry={environment.retry} placeholderRem={16}>
        {({ advice }) => (
          <>
            {advice !== null && <EnvironmentPanel advice={advice} />}
            {isHeldByTag && !isSaved && form}
            {isHeldByTag && isSaved && (
              <Disclosure label={words.save.saveAnother}>
                <div className={classes.stack}>
                  {form}
                  <div>{save}</div>
                </div>
              </Disclosure>
            )}
          </>
        )}
      </RemoteView>
    </Step>
  )
}
