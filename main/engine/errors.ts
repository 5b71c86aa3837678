/** An answer of the HTTP API that is an error: Ollama's status code and its exact text. */
export class ApiError extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.name = 'ApiError'
    this.status = status
  }
}

/** The answer when a model failed to load; Ollama quotes the last lines of its runner's log. */
export function loadError(reason: string): ApiError {
  return new ApiError(500, `llama-server process has terminated: exit status 1: ${reason}`)
}
