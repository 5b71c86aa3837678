import type { Page } from 'playwright/test'

export function settingsPage(page: Page) {
  return {
    scheme: (name: 'Like the system' | 'Light' | 'Dark') => page.getByRole('radio', { name, exact: true }),
    language: (name: 'English' | 'Deutsch') => page.getByRole('radio', { name, exact: true }),
    address: page.getByRole('textbox', { name: 'Address of Ollama' }),
    logs: page.getByRole('button', { name: 'Show the logs' }),
    saveAddress: page.getByRole('button', { name: 'Save address' }),
  }
}
