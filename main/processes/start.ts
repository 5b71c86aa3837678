import { fork, type ChildProcess } from 'node:child_process'

/** A process of our own as the one that started it sees it: a forked Node, or what stands for it in Electron. */
export interface OwnProcess extends Pick<ChildProcess, 'stderr' | 'connected' | 'kill' | 'disconnect'> {
  /** Undefined where it could not be started, and in Electron until it runs. */
  readonly pid?: number | undefined
  on(event: 'message', listener: (message: unknown) => void): unknown
  once(event: 'error', listener: (error: Error) => void): unknown
  once(event: 'exit' | 'close', listener: (code: number | null, signal: NodeJS.Signals | null) => void): unknown
}

/** Starts a program of ours, given by its file, with a channel to it and with its error output to be read. */
export type StartProcess = (entry: string, parameters: readonly string[], environment: NodeJS.ProcessEnv) => OwnProcess

/** Starts it on the Node that runs this program. */
export const forkNode: StartProcess = (entry, parameters, environment) =>
  fork(entry, parameters, { env: environment, execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
