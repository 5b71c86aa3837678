import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { connectParent } from '../../processes/parent.ts'
import type { GuardianMessage } from './guardian-protocol.ts'
import { endProcessTree } from './process-tree.ts'

/**
 * A process that keeps one `ollama serve` running and ends with its parent: Ollama itself would outlive a parent that
 * crashes, with a model in memory. It is started by `launcher.ts` with the program's path as its only argument and the
 * server's environment as its own, says over IPC what becomes of the server, and ends it when the channel closes.
 */
const [, , program = ''] = process.argv
const parent = connectParent()
const isWindows = process.platform === 'win32'
/** Ollama ends its runners first. */
const politeSeconds = 5
const keptCharacters = 2000

const server = spawn(program, ['serve'], {
  stdio: ['ignore', 'ignore', 'pipe'],
  windowsHide: true,
  // A group of its own: a terminal's Ctrl-C is meant for the study, which then ends the server in good order.
  detached: !isWindows,
})
let lastLines = ''
let isEnding = false
server.stderr.setEncoding('utf8').on('data', (text: string) => {
  lastLines = (lastLines + text).slice(-keptCharacters)
})
server.once('spawn', () => tell({ type: 'started', pid: server.pid ?? 0 }))
server.once('error', (error) => endedUnasked(error.message))
server.once('close', () => endedUnasked(lastLines.trim()))

process.on('SIGINT', () => undefined)
process.once('SIGTERM', () => void endServer())
parent.onGoodbye(() => void endServer())

function endedUnasked(why: string): void {
  if (isEnding) return
  tell({ type: 'ended', lastLines: why })
  parent.leave()
}

async function endServer(): Promise<void> {
  isEnding = true
  const { pid } = server
  if (pid === undefined) process.exit()
  if (!isWindows && server.exitCode === null && server.signalCode === null) {
    const ended = once(server, 'exit')
    server.kill('SIGTERM')
    await Promise.race([ended, delay(1000 * politeSeconds)])
  }
  // A server that was killed leaves its runners behind.
  await endProcessTree(pid)
  process.exit()
}

function tell(message: GuardianMessage): void {
  parent.tell(message)
}
