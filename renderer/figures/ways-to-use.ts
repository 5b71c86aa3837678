export type WayToUse = 'ollamaApp' | 'openWebUi' | 'vsCode' | 'commandLine' | 'api'

/**
 * What to type or paste to use a tag of Ollama, in each program; where it is picked from a list, its name. The ways
 * without a terminal come first.
 */
export function waysToUse(tag: string, daemonUrl: string): { way: WayToUse; text: string }[] {
  return [
    { way: 'ollamaApp', text: tag },
    { way: 'openWebUi', text: tag },
    { way: 'vsCode', text: continueConfig(tag, daemonUrl) },
    { way: 'commandLine', text: `ollama run ${tag}` },
    { way: 'api', text: chatRequest(tag, daemonUrl) },
  ]
}

/** An entry for the configuration of Continue (docs.continue.dev/reference). */
function continueConfig(tag: string, daemonUrl: string): string {
  return [
    'models:',
    `  - name: ${JSON.stringify(tag)}`,
    '    provider: ollama',
    `    model: ${JSON.stringify(tag)}`,
    `    apiBase: ${daemonUrl}`,
    '    roles: [chat, edit]',
  ].join('\n')
}

/** Quoted as POSIX shells and Windows' command prompt alike take it. */
function chatRequest(tag: string, daemonUrl: string): string {
  const body = JSON.stringify({ model: tag, messages: [{ role: 'user', content: 'Hello' }] })
  return `curl ${daemonUrl}/api/chat -d ${JSON.stringify(body)}`
}
