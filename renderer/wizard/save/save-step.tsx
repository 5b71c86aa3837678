import { Button } from '@mantine/core'
import type { Study } from '../../../preload/contract/study.ts'
import { useActions, useAttune } from '../../state/use-attune.ts'
import { useText } from '../../text/use-text.ts'
import { Section } from '../../ui/panel.tsx'
import { Step } from '../../ui/step.tsx'
import { CertificatePanel } from './certificate-panel.tsx'
import { RegistrationProgress } from './registration-progress.tsx'
import { SaveForm } from './save-form.tsx'

/** Step 7: makes a tag of what was found, measures it as saved, and can take it back. */
export function SaveStep({ study }: { study: Study }) {
  const { words } = useText()
  const { goTo } = useActions()
  const picked = useAttune((state) => (state.pick?.studyId === study.id ? state.pick.configuration : null))
  const registration = useAttune((state) => (state.registration?.studyId === study.id ? state.registration : null))
  const configuration = picked ?? study.report?.best.configuration ?? study.plan.baseline
  const saved = study.certificates.toReversed()
  return (
    <Step
      heading={words.save.heading}
      lead={words.save.lead(words.parameters.summary(configuration))}
      back={
        <Button variant="default" onClick={() => goTo({ page: 'study', id: study.id, step: 'result' })}>
          {words.save.back}
        </Button>
      }
      forward={
        saved.length > 0 && <Button onClick={() => goTo({ page: 'new', step: 'model' })}>{words.result.another}</Button>
      }
    >
      {saved.length > 0 && (
        <Section title={words.save.saved}>
          {saved.map((certificate) => (
            <CertificatePanel
              key={certificate.tag + certificate.registeredAt}
              study={study}
              certificate={certificate}
            />
          ))}
        </Section>
      )}
      {registration !== null && <RegistrationProgress registration={registration} />}
      <SaveForm
        key={JSON.stringify(configuration)}
        study={study}
        configuration={configuration}
        isRegistering={registration !== null}
      />
    </Step>
  )
}
