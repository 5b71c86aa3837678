/**
 * Reads newline-delimited JSON, yielding each value as soon as its line is complete. A last line without a newline
 * counts. Throws `SyntaxError` for a line that is no JSON. Leaving the loop early closes the connection.
 */
export async function* readJsonLines(body: ReadableStream<Uint8Array>): AsyncGenerator<unknown, void, undefined> {
  const decoder = new TextDecoder()
  let buffer = ''
  for await (const bytes of body) {
    buffer += decoder.decode(bytes, { stream: true })
    const lines = buffer.split('\n')
    buffer = lines.pop() ?? ''
    for (const line of lines) if (line.trim() !== '') yield JSON.parse(line)
  }
  if (buffer.trim() !== '') yield JSON.parse(buffer)
}
