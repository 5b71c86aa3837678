/** What Electron's utility processes have in place of Node's channel to the parent. */
interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: () => void): void
}

/** The channel from a process of ours to the one that started it. */
export interface Parent {
  /** Whether it is Electron, in which Node cannot be forked. */
  readonly isElectron: boolean
  tell(message: object): void
  /** Calls back when the parent wants no more of this process, or is gone. */
  onGoodbye(listener: () => void): void
  /** Says that there is nothing more to tell; `onGoodbye` follows. */
  leave(): void
}

/** So long may the last message take out of a utility process, which cannot say when it is out. */
const lastWordMilliseconds = 100

export function connectParent(): Parent {
  const { parentPort } = process as { parentPort?: ParentPort }
  return parentPort ? utilityParent(parentPort) : nodeParent()
}

function nodeParent(): Parent {
  return {
    isElectron: false,
    tell: (message) => void (process.connected && process.send?.(message)),
    onGoodbye: (listener) => void process.once('disconnect', listener),
    leave: () => process.disconnect?.(),
  }
}

/** The system ends such a process with its parent; the one message that comes to it is the goodbye. */
function utilityParent(port: ParentPort): Parent {
  const listeners: (() => void)[] = []
  const goodbye = () => {
    for (const listener of listeners.splice(0)) listener()
  }
  port.on('message', goodbye)
  return {
    isElectron: true,
    // The rule means windows.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    tell: (message) => port.postMessage(message),
    onGoodbye: (listener) => void listeners.push(listener),
    leave: () => void setTimeout(goodbye, lastWordMilliseconds),
  }
}
