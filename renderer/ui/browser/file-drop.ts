/** Takes a file that is dropped anywhere on the window; without this the browser would leave the page for it. */
export function acceptFileDrops(window: Window, open: (file: File) => void): void {
  window.addEventListener('dragover', (event) => event.preventDefault())
  window.addEventListener('drop', (event) => {
    event.preventDefault()
    const file = event.dataTransfer?.files[0]
    if (file !== undefined) open(file)
  })
}
