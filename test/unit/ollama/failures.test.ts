import { describe, expect, it } from 'vitest'
import { codeOfDaemonError, daemonSaid, failure, type FailureCode } from '../../../main/ollama/http/failures.ts'

const context = { kind: 'ollama', url: 'http://127.0.0.1:11434', route: '/api/generate', model: 'base' } as const

describe('what a daemon’s error text means', () => {
  const texts: [number, string, FailureCode][] = [
    [500, 'llama-server process has terminated: exit status 1: cudaMalloc failed: out of memory', 'outOfMemory'],
    [500, 'llama runner process has terminated: error loading model: unable to allocate CUDA0 buffer', 'outOfMemory'],
    [500, 'ggml_vulkan: vk::Device::allocateMemory: ErrorOutOfDeviceMemory', 'outOfMemory'],
    [500, 'HIPMALLOC FAILED', 'outOfMemory'],
    [200, 'open /usr/share/ollama/.ollama/models/manifests/new: no space left on device', 'diskFull'],
    [500, 'write D:\\models\\blobs\\sha256-1: There is not enough space on the disk.', 'diskFull'],
    [500, 'model requires more system memory (8.1 GiB) than is available (4.0 GiB)', 'outOfMemory'],
    [200, 'model runner has unexpectedly stopped, this may be due to resource limitations', 'engineCrashed'],
    [200, 'an error was encountered while running the model: unexpected EOF', 'engineCrashed'],
    [400, 'unexpected EOF', 'daemonError'],
    [500, 'option "num_ctx" must be of type integer', 'daemonError'],
    [500, "unable to load model: unknown model architecture: 'later'", 'modelUnsupported'],
    [404, 'model "nope" not found', 'modelNotFound'],
    [404, '404 page not found', 'daemonUnexpectedAnswer'],
    [401, '', 'daemonRefused'],
    [403, '', 'daemonRefused'],
    [503, 'server busy, please try again.  maximum pending requests exceeded', 'daemonBusy'],
    [499, 'request canceled', 'daemonError'],
    [400, 'invalid model name', 'nameInvalid'],
    [400, 'destination "Bad Name!!" is invalid', 'nameInvalid'],
  ]
  it.each(texts)('%i %s', (status, text, code) => {
    expect(codeOfDaemonError(status, text)).toBe(code)
  })
})

describe('an error for people', () => {
  const codes: FailureCode[] = [
    'cancelled',
    'timeout',
    'daemonUnreachable',
    'daemonDisconnected',
    'daemonBusy',
    'daemonRefused',
    'daemonUnexpectedAnswer',
    'daemonError',
    'modelNotFound',
    'modelUnsupported',
    'nameInvalid',
    'outOfMemory',
    'diskFull',
    'engineCrashed',
  ]
  it.each(codes)('is a sentence and something to do: %s', (code) => {
    for (const kind of ['ollama', 'builtIn'] as const) {
      const { message, hint } = failure({ ...context, kind }, code, 'why').report()
      expect(message).toMatch(/^[A-Z].*\.$/)
      expect(hint).toMatch(/^[A-Z].*\.$/)
    }
  })

  it('carries the daemon’s own words in one short line', () => {
    const { message } = daemonSaid(context, 500, `first line.\n${'more '.repeat(200)}`)
    expect(message).toContain('first line. more more')
    expect(message).not.toContain('\n')
    expect(message.length).toBeLessThan(300)
    expect(daemonSaid(context, 500, '').message).toContain('HTTP status 500')
  })
})
