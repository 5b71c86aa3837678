import { MantineProvider, useMantineColorScheme } from '@mantine/core'
import { useEffect } from 'react'
import { ComparePage } from './library/compare-page.tsx'
import { LibraryPage } from './library/library-page.tsx'
import { SettingsPage } from './settings/settings-page.tsx'
import { valueOf } from './state/remote.ts'
import { AttuneContext, useAttune, type AttuneContextValue } from './state/use-attune.ts'
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

/** Shows in the window's title how far a running study is. */
function WindowTitle() {
  const { words } = useText()
  const open = useAttune((state) => valueOf(state.openStudy))
  const title =
    open !== null && open.study.state === 'running' && open.progress !== null
      ? words.frame.runningTitle(open.progress.trialNumber, open.progress.expectedTrials)
      : words.frame.name
  return <title>{title}</title>
}
