import { Button, Group } from '@mantine/core'
import type { FolderId } from '../../preload/contract/routes.ts'
import type { Settings } from '../../preload/contract/settings.ts'
import { useActions, useAttune, useDeed, useRequest } from '../state/use-attune.ts'
import { languageNames } from '../text/languages.ts'
import { useText } from '../text/use-text.ts'
import { Choice, ChoiceGroup } from '../ui/parts/choice.tsx'
import { useFocusHeading } from '../ui/browser/focus-heading.ts'
import { ErrorNotice } from '../ui/parts/notice.tsx'
import { Section } from '../ui/layout/panel.tsx'
import { RemoteView } from '../ui/layout/remote-view.tsx'
import { Step } from '../ui/layout/step.tsx'
import { AddressForm } from './address-form.tsx'
import classes from './settings.module.css'

const languages: readonly Settings['language'][] = ['system', 'en', 'de']
const schemes: readonly Settings['colorScheme'][] = ['auto', 'light', 'dark']

/** What is set once and found again. */
export function SettingsPage() {
  const { words } = useText()
  const { refreshSettings } = useActions()
  useFocusHeading('settings')
  const settings = useAttune((state) => state.settings)
  return (
    <Step heading={words.settings.heading}>
      <RemoteView remote={settings} onRetry={() => void refreshSettings()} placeholderRem={14}>
        {(known) => (
          <>
            <SchemeChoices scheme={known.colorScheme} />
            <LanguageChoices language={known.language} />
            <AddressForm key={known.ollamaUrl} known={known.ollamaUrl} />
          </>
        )}
      </RemoteView>
      <About />
    </Step>
  )
}

function SchemeChoices({ scheme }: { scheme: Settings['colorScheme'] }) {
  const { words } = useText()
  const { changeSettings } = useActions()
  const change = useDeed((_, colorScheme: Settings['colorScheme']) => changeSettings({ colorScheme }))
  return (
    <>
      <ChoiceGroup legend={words.settings.scheme} layout="row">
        {schemes.map((choice) => (
          <Choice
            key={choice}
            name="scheme"
            title={words.settings.schemes[choice]}
            isChecked={choice === scheme}
            onChoose={() => change.run(choice)}
          />
        ))}
      </ChoiceGroup>
      {change.error && <ErrorNotice error={change.error} />}
    </>
  )
}

function LanguageChoices({ language }: { language: Settings['language'] }) {
  const { words } = useText()
  const { changeSettings } = useActions()
  const change = useDeed(async (_, chosen: Settings['language']) => {
    await changeSettings({ language: chosen })
    // Main says everything in the new language from now on, and fills it into the page.
    window.location.reload()
  })
  return (
    <>
      <ChoiceGroup legend={words.settings.language} layout="row">
        {languages.map((choice) => (
          <Choice
            key={choice}
            name="language"
            title={choice === 'system' ? words.settings.systemLanguage : languageNames[choice]}
            isChecked={choice === language}
            onChoose={() => change.run(choice)}
          />
        ))}
      </ChoiceGroup>
      {change.error && <ErrorNotice error={change.error} />}
    </>
  )
}

function About() {
  const { words } = useText()
  const { answer, retry } = useRequest('info', (api) => api['app.info']({}))
  return (
    <Section title={words.settings.about}>
      <RemoteView remote={answer} onRetry={retry} placeholderRem={5}>
        {(info) => (
          <dl className={classes.about}>
            <dt>{words.settings.version}</dt>
            <dd>{info.version}</dd>
            <dt>{words.settings.runtimes}</dt>
            <dd>{info.runtimes.map(({ name, version }) => `${name} ${version}`).join(', ')}</dd>
            <dt>{words.settings.dataFolder}</dt>
            <dd>
              {info.dataFolder}
              <FolderButtons folders={info.hasLicences ? ['data', 'logs', 'licences'] : ['data', 'logs']} />
            </dd>
            <dt>{words.settings.privacy}</dt>
            <dd>{words.settings.privacyDetail}</dd>
          </dl>
        )}
      </RemoteView>
    </Section>
  )
}

/** Shows Attune's own folders in the file manager. */
function FolderButtons({ folders }: { folders: readonly FolderId[] }) {
  const { words } = useText()
  const open = useDeed((api, folder: FolderId) => api['app.openFolder']({ folder }))
  return (
    <>
      <Group gap="xs" mt="xs">
        {folders.map((folder) => (
          <Button key={folder} variant="default" size="compact-md" onClick={() => open.run(folder)}>
            {words.settings.openFolders[folder]}
          </Button>
        ))}
      </Group>
      {open.error && <ErrorNotice error={open.error} />}
    </>
  )
}
