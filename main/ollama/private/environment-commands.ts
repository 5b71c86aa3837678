import type { UsualDaemon } from '../../../preload/contract/daemon.ts'
import type { Variables } from './environment.ts'

/** Commands that give the user's Ollama other environment variables, and those that bring back what was. */
export interface EnvironmentCommands {
  /** Where they are to be typed, and what has to be done by hand. */
  kind: 'systemd' | 'shell' | 'launchctl' | 'windows'
  set: string
  undo: string
}

type Wanted = Readonly<Record<string, string | null>>

const dropIn = '/etc/systemd/system/ollama.service.d/zz-attune.conf'

/**
 * The commands for one system (Ollama's own documentation, "How do I configure Ollama server?"). Values are words of
 * letters, digits, "." and "_", so that no shell needs quotes.
 */
export function environmentCommands(
  variables: Variables,
  platform: string,
  { installation, variables: before }: Pick<UsualDaemon, 'installation' | 'variables'>,
): EnvironmentCommands {
  const former: Wanted = Object.fromEntries(Object.keys(variables).map((name) => [name, before[name] ?? null]))
  if (installation === 'service') return systemd(variables)
  if (platform === 'win32') return { kind: 'windows', set: windows(variables), undo: windows(former) }
  if (platform === 'darwin' && installation === 'app') {
    return { kind: 'launchctl', set: launchctl(variables), undo: launchctl(former) }
  }
  return { kind: 'shell', set: shell(variables), undo: shell(former) }
}

/** A file of its own beside the user's, so that removing it brings back whatever these say. */
function systemd(variables: Variables): EnvironmentCommands {
  const lines = Object.entries(variables).map(([name, value]) => `Environment=${name}=${value}`)
  const restart = ['sudo systemctl daemon-reload', 'sudo systemctl restart ollama']
  const write = `printf '%s\\n' '[Service]' ${lines.map((line) => `'${line}'`).join(' ')} | sudo tee ${dropIn}`
  return {
    kind: 'systemd',
    set: ['sudo mkdir -p /etc/systemd/system/ollama.service.d', write, ...restart].join('\n'),
    undo: [`sudo rm ${dropIn}`, ...restart].join('\n'),
  }
}

function shell(wanted: Wanted): string {
  const assignments = Object.entries(wanted).flatMap(([name, value]) => (value === null ? [] : [`${name}=${value}`]))
  return [...assignments, 'ollama serve'].join(' ')
}

function launchctl(wanted: Wanted): string {
  const changes = Object.entries(wanted).map(([name, value]) =>
    value === null ? `launchctl unsetenv ${name}` : `launchctl setenv ${name} ${value}`,
  )
  return [...changes, `osascript -e 'quit app "Ollama"'`, 'sleep 2', 'open -a Ollama'].join('\n')
}

function windows(wanted: Wanted): string {
  return Object.entries(wanted)
    .map(([name, value]) => (value === null ? `reg delete HKCU\\Environment /F /V ${name}` : `setx ${name} ${value}`))
    .join('\n')
}
