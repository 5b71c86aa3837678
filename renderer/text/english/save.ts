import type { WayToUse } from '../../figures/ways-to-use.ts'

/** Step 7: saving, proof and undoing. */
export function saveWords() {
  return {
    heading: 'Save it under a new name',
    headingSaved: 'Saved',
    headingServer: 'Set it for Ollama',
    lead: (settings: string) =>
      `${settings}. Your own model stays as it is. The new one is measured again, just as it was saved.`,
    leadServer: (settings: string) => `${settings}. That is a setting of the whole server: no model can hold it.`,
    leadSaved: 'Your own model stays as it is. You can remove the new one again at any time.',
    saveAnother: 'Save under another name',
    name: 'Name',
    nameHint: 'A name that no model has yet.',
    register: 'Save and measure',
    modelfile: 'What will be written (Modelfile)',
    saveFile: 'Save as a file',
    progressLabel: 'Saving and measuring',
    promise: (isKept: boolean | null): string => {
      if (isKept === null) return 'Saved, but it could not be measured.'
      return isKept
        ? 'Promise kept: measured as saved, with nothing else set, it is as fast as promised.'
        : 'Measured as saved, it is slower than promised. You may want to undo it.'
    },
    promised: 'Promised',
    measured: 'Measured as saved',
    notMeasured: 'not measured',
    howToRun: 'How to use it',
    ways: {
      commandLine: { name: 'Command line', how: 'Type this in a terminal.' },
      ollamaApp: {
        name: 'Ollama app',
        how: 'On Windows and macOS: open the list of models below the field where you write, and pick this name.',
      },
      openWebUi: {
        name: 'Open WebUI',
        how: 'Reload the page and pick this name at the top. Leave the advanced parameters of the chat untouched: they would override what was found.',
      },
      vsCode: {
        name: 'Visual Studio Code',
        how: 'In Continue, add this to the file config.yaml. In other extensions that know Ollama, pick the name from their list of models.',
      },
      api: {
        name: 'Your own programs',
        how: 'Send the name to Ollama’s API. Send no options beside it: they would override what was found.',
      },
    } satisfies Record<WayToUse, { name: string; how: string }>,
    inBuiltIn: "This name lives in Attune's own engine. To use the settings elsewhere, save them as a file below.",
    environment: 'To be set for Ollama itself',
    environmentCommands: 'Commands that set it',
    environmentUndo: 'How to take it back',
    undo: (tag: string) => `Remove ${tag}`,
    undone: 'Removed. Everything is as it was before.',
    back: 'Back to the result',
  }
}
