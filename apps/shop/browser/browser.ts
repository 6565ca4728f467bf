/** Chromium, and a page in it that remembers what went wrong. @module */
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

export interface OpenPage {
  page: Page
  /** Console errors, uncaught errors and answers of 400 and above for anything but the page itself. */
  complaints: string[]
}

export const sizes = { phone: { width: 360, height: 740 }, desktop: { width: 1366, height: 900 } }
export const locales = { en: 'en-US', ko: 'ko-KR' }

/** Opens an address in a context of its own, runs the check, and closes it. */
export async function visit<T>(
  browser: Browser,
  url: string,
  options: BrowserContextOptions,
  check: (open: OpenPage) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext(options)
  try {
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('response', (response) => {
      if (response.status() >= 400 && !response.request().isNavigationRequest()) {
        complaints.push(`${response.status()} ${response.url()}`)
      }
    })
    page.on('console', (message) => {
      // Chromium repeats a failed answer here; the one above tells them apart by what was asked for.
      const repeated = message.text().startsWith('Failed to load resource')
      if (message.type() === 'error' && !repeated) complaints.push(message.text())
    })
    await page.goto(url)
    return await check({ page, complaints })
  } finally {
    await context.close()
  }
}
