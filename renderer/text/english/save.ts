/** Step 7: saving, proof and undoing. */
export function saveWords() {
  return {
    heading: 'Save it under a new name',
    headingSaved: 'Saved',
    lead: (settings: string) =>
      `${settings}. Your own model stays as it is. The new one is measured again, just as it was saved.`,
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
    howToRun: 'To use it, type this in a terminal, or pick the name in any program that uses Ollama:',
    inBuiltIn: "This name lives in Attune's own engine. To use the settings elsewhere, save them as a file below.",
    undo: (tag: string) => `Remove ${tag}`,
    undone: 'Removed. Everything is as it was before.',
    back: 'Back to the result',
  }
}
