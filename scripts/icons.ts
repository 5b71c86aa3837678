/**
 * Draws the program's icons in every form that a system asks for, from the one mark that the window shows:
 * `npm run icons` writes `resources/icons/*.png`, `resources/icon.ico` and `resources/icon.icns`.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { launchChromium } from './chromium.ts'
import { icnsOf, icoOf, type Picture } from './package/icon-files.ts'

const source = 'renderer/ui/theme/mark.svg'
const sizes = [16, 32, 48, 64, 128, 256, 512, 1024] as const

const browser = await launchChromium((line) => process.stdout.write(`${line}\n`))
const mark = `data:image/svg+xml;base64,${(await readFile(source)).toString('base64')}`
const pictures: Picture[] = []
for (const size of sizes) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  await page.setContent(`<body style="margin:0"><img src="${mark}" width="${size}" height="${size}"></body>`)
  await page.locator('img').evaluate((image) => (image as { decode?: () => Promise<void> }).decode?.())
  pictures.push({ size, png: await page.screenshot({ omitBackground: true }) })
  await page.close()
}
await browser.close()

await mkdir('resources/icons', { recursive: true })
await Promise.all([
  ...pictures
    .filter(({ size }) => size <= 512)
    .map(({ size, png }) => writeFile(`resources/icons/${size}x${size}.png`, png)),
  writeFile('resources/icon.ico', icoOf(pictures.filter(({ size }) => size <= 256))),
  writeFile('resources/icon.icns', icnsOf(pictures)),
])
