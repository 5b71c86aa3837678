/** The three doors of the one program. */
export type Door = 'window' | 'browser' | 'commandLine'

/** Which door the packaged program's arguments ask for: `--browser`, a command such as `tune`, or the window. */
export function doorFor(parameters: readonly string[]): Door {
  const isCommand = parameters.some((parameter) => !parameter.startsWith('-') || parameter === '--help')
  if (isCommand) return 'commandLine'
  return parameters.includes('--browser') ? 'browser' : 'window'
}
