import type { Page } from 'playwright/test'

/** Step 7. */
export function savePage(page: Page) {
  return {
    heading: page.getByRole('heading', { level: 1, name: /^(Save it under a new name|Saved)$/ }),
    name: page.getByRole('textbox', { name: 'Name' }),
    modelfile: page.getByRole('region', { name: 'What will be written (Modelfile)' }),
    saveFile: page.getByRole('button', { name: 'Save as a file' }),
    register: page.getByRole('button', { name: 'Save and measure' }),
    progress: page.getByRole('progressbar', { name: 'Saving and measuring' }),
    /** The name of a saved tag, above its certificate. */
    certificate: (tag: string) => page.getByRole('heading', { level: 2, name: tag, exact: true }),
    promiseKept: page.getByText('Promise kept'),
    undo: (tag: string) => page.getByRole('button', { name: `Remove ${tag}`, exact: true }),
    undone: page.getByText('Removed. Everything is as it was before.'),
    saveAnother: page.getByRole('button', { name: 'Save under another name' }),
    back: page.getByRole('button', { name: 'Back to the result' }),
  }
}
