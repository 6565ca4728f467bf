/** Questions to an open page that a visitor would ask with eyes and keyboard. @module */
import type { Page } from 'playwright-core'
import type { ComputedStyleOf, PageDocument, PageElement } from './dom.ts'

// The functions given to `page.evaluate` run in the browser, where these are.
declare const document: PageDocument
declare const getComputedStyle: ComputedStyleOf

/** Pictures that did not arrive, also those further down that would be loaded later. */
export function brokenImages(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const images = [...document.images]
    for (const image of images) image.loading = 'eager'
    // A picture that can't be decoded is told by its width below.
    await Promise.all(images.map((image) => image.decode().catch(() => undefined)))
    return images.filter((image) => image.naturalWidth === 0).map((image) => image.src)
  })
}

/** How many pixels the page is wider than the window. */
export function horizontalOverflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}

/** Where the page's links lead, without the place on the page. */
export function linkTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => [...document.links].map((link) => link.href.replace(/#.*$/, '')))
}

/** Markup that a strict content security policy or a screen reader would trip over. */
export function markupMistakes(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const all = (selector: string) => [...document.querySelectorAll(selector)]
    const isUnnamed = (control: PageElement) =>
      control.textContent.trim() === '' && !control.querySelector('img[alt]:not([alt=""])') && !control.labels?.length
    const ids = all('[id]').map(({ id }) => id)
    const repeatedIds = new Set(ids.filter((id, index) => ids.indexOf(id) !== index))
    const offenders = {
      'inline style': all('[style], style'),
      script: all('script:not([type="application/ld+json"])'),
      'image without alt or size': all('img:not([alt]), img:not([width]), img:not([height])'),
      'control without a name': all('a[href], button, select, input:not([type=hidden])').filter(isUnnamed),
      'further h1': all('h1').slice(1),
      'further main': all('main').slice(1),
      'id that is used twice': all('[id]').filter(({ id }) => repeatedIds.has(id)),
    }
    const mistakes = Object.entries(offenders).flatMap(([mistake, elements]) =>
      elements.map((element) => `${mistake}: ${element.outerHTML.slice(0, 120)}`),
    )
    for (const needed of ['h1', 'main']) if (all(needed).length === 0) mistakes.push(`no ${needed}`)
    return mistakes
  })
}

/** Text whose contrast against its background is below WCAG AA. */
export function faintTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const channels = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number)
    const luminance = (color: string) => {
      const linear = channels(color).map((channel) => {
        const share = channel / 255
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * linear[0]! + 0.7152 * linear[1]! + 0.0722 * linear[2]!
    }
    const backgroundOf = (element: PageElement | null): string => {
      if (element === null) return 'rgb(255, 255, 255)'
      const color = getComputedStyle(element).backgroundColor
      return channels(color)[3] === 0 ? backgroundOf(element.parentElement) : color
    }
    const contrastOf = (element: PageElement) => {
      const text = luminance(getComputedStyle(element).color) + 0.05
      const background = luminance(backgroundOf(element)) + 0.05
      return Math.max(text, background) / Math.min(text, background)
    }
    const isLarge = (element: PageElement) => {
      const { fontSize, fontWeight } = getComputedStyle(element)
      const pixels = Number.parseFloat(fontSize)
      return pixels >= 24 || (pixels >= 18.66 && Number(fontWeight) >= 700)
    }

    const faint: string[] = []
    const walker = document.createTreeWalker(document.body, 4)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent.trim()
      const element = node.parentElement
      if (text === '' || !element || element.closest('script, .hidden')) continue
      const contrast = contrastOf(element)
      if (contrast < (isLarge(element) ? 3 : 4.5)) faint.push(`${contrast.toFixed(2)}: ${text.slice(0, 40)}`)
    }
    return faint
  })
}

/** Controls that Tab does not reach, or that give no sign when it does. */
export async function unreachableControls(page: Page): Promise<string[]> {
  const controls = await page.evaluate(() => {
    const all = [...document.querySelectorAll('a[href], button, select, input:not([type=hidden])')]
    const found = all.filter((control) => control.checkVisibility())
    for (const [index, control] of found.entries()) control.setAttribute('data-control', String(index))
    return found.map((control) => control.outerHTML.slice(0, 100))
  })
  const reached = new Set<string>()
  // Strips that scroll are stops as well, hence a few more presses than there are controls.
  for (let press = 0; press < controls.length + 5; press++) {
    await page.keyboard.press('Tab')
    const control = await page.evaluate(() => {
      const element = document.activeElement
      if (!element) return null
      const outlines = [getComputedStyle(element), getComputedStyle(element, '::after')]
      const isShown = outlines.some(
        ({ outlineStyle, outlineWidth }) => outlineStyle !== 'none' && outlineWidth !== '0px',
      )
      return isShown ? element.getAttribute('data-control') : null
    })
    if (control !== null) reached.add(control)
  }
  return controls.filter((_, index) => !reached.has(String(index)))
}
