import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import pino, { type Logger } from 'pino'

export function logFolder(dataFolder: string): string {
  return join(dataFolder, 'logs')
}

/** Where defects and damaged files are written down, for people who are asked "what does the log say?". */
export function openLog(dataFolder: string): Logger {
  const folder = logFolder(dataFolder)
  mkdirSync(folder, { recursive: true })
  // Few lines are written, and the last ones before a crash are the ones that matter: no buffer.
  return pino({ base: null }, pino.destination({ dest: join(folder, 'attune.log'), sync: true }))
}
