/** Loaded before a program that the stub of Electron forks: gives it the port that utility processes have. */
const parentPort = {
  postMessage: (message: object) => void process.send?.(message),
  on: (_event: 'message', listener: (event: { data: unknown }) => void) =>
    void process.on('message', (data) => listener({ data })),
}
Object.assign(process, { parentPort })
