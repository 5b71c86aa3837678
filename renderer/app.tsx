import { MantineProvider, useMantineColorScheme } from '@mantine/core'
import { useEffect } from 'react'
import { ComparePage } from './library/compare-page.tsx'
import { LibraryPage } from './library/library-page.tsx'
import { SettingsPage } from './settings/settings-page.tsx'
import { valueOf } from './state/remote.ts'
import type { AttuneState } from './state/store.ts'
import { AttuneContext, useAttune, type AttuneContextValue } from './state/use-attune.ts'
import type { Words } from './text/english.ts'
import { TextContext, useText, type Text } from './text/use-text.ts'
import { Frame } from './ui/layout/frame.tsx'
import { cssVariables, theme } from './ui/theme/theme.ts'
import { DraftWizard } from './wizard/draft-wizard.tsx'
import { StudyWizard } from './wizard/study-wizard.tsx'

interface AppProps {
  attune: AttuneContextValue
  text: Text
  /** Admits Mantine's style elements under the page's policy. */
  styleNonce: string
}

/** The window: contexts around, one page inside. */
export function App({ attune, text, styleNonce }: AppProps) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => styleNonce}
    >
      <TextContext value={text}>
        <AttuneContext value={attune}>
          <SchemeFromSettings />
          <WindowTitle />
          <Frame>
            <Page />
          </Frame>
        </AttuneContext>
      </TextContext>
    </MantineProvider>
  )
}

function Page() {
  const location = useAttune((state) => state.location)
  switch (location.page) {
    case 'new':
      return <DraftWizard asked={location.step} />
    case 'study':
      return <StudyWizard id={location.id} asked={location.step} />
    case 'library':
      return <LibraryPage />
    case 'compare':
      return <ComparePage left={location.left} right={location.right} />
    case 'settings':
      return <SettingsPage />
  }
}

/** Follows the light-or-dark setting, which main keeps for every window. */
function SchemeFromSettings() {
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true })
  const scheme = useAttune((state) => valueOf(state.settings)?.colorScheme)
  useEffect(() => {
    if (scheme !== undefined) setColorScheme(scheme)
  }, [scheme, setColorScheme])
  return null
}

/** Shows in the window's title how far a running study is, and that it is done. */
function WindowTitle() {
  const { words } = useText()
  return <title>{useAttune((state) => titleOf(state, words))}</title>
}

function titleOf({ openStudy, progress, location }: AttuneState, { frame }: Words): string {
  const study = valueOf(openStudy)
  if (study === null) return frame.name
  if (location.page === 'study' && study.state === 'finished') return frame.resultTitle(study.model.ref.name)
  const isRunning = study.state === 'running' && progress !== null
  return isRunning ? frame.runningTitle(progress.trialNumber, progress.expectedTrials) : frame.name
}
