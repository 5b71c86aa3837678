import { readdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright'

const name = 'contact-sheet'
const sheetWidth = 2400

/**
 * Puts every picture of a folder onto one page beside them, and makes one picture of that page. Long ones show their
 * beginning, so that the sheet stays within what Chromium can draw; on the page each leads to the whole of it.
 */
export async function makeContactSheet(browser: Browser, folder: string): Promise<void> {
  const pictures = readdirSync(folder)
    .filter((file) => file.endsWith('.png') && file !== `${name}.png`)
    .toSorted(new Intl.Collator('en', { numeric: true }).compare)
  const file = join(folder, `${name}.html`)
  writeFileSync(file, sheet(pictures))
  const page = await browser.newPage({ viewport: { width: sheetWidth, height: 1200 } })
  await page.goto(pathToFileURL(resolve(file)).href)
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
  await page.close()
}

function sheet(pictures: readonly string[]): string {
  const figures = pictures.map(
    (picture) =>
      `<figure><a href="${picture}"><img src="${picture}" alt=""></a><figcaption>${picture.replace('.png', '')}</figcaption></figure>`,
  )
  return `<!doctype html>
<meta charset="utf-8">
<title>Attune: every screen</title>
<style>
  body { margin: 1rem; background: #888; color: #fff; font: 14px system-ui, sans-serif }
  main { display: grid; grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr)); gap: 1rem; align-items: start }
  figure { margin: 0 }
  img { width: 100%; max-height: 18rem; object-fit: cover; object-position: top }
</style>
<main>
${figures.join('\n')}
</main>
`
}
