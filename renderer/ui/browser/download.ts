const releaseMilliseconds = 10_000

/** Lets the person save a file, by the browser's own way of downloading. */
export function download(fileName: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  // Some browsers read the address only after the click has been dealt with.
  setTimeout(() => URL.revokeObjectURL(url), releaseMilliseconds)
}

export function downloadText(fileName: string, text: string): void {
  download(fileName, new Blob([text], { type: 'text/plain' }))
}
