/**
 * As much of the DOM as the checks look at. TypeScript's own library would change the server's types of Request and
 * Response in the whole workspace.
 *
 * @module
 */

export interface PageElement {
  id: string
  outerHTML: string
  textContent: string
  parentElement: PageElement | null
  /** Only on form controls. */
  labels?: { length: number } | null
  getAttribute(name: string): string | null
  setAttribute(name: string, value: string): void
  checkVisibility(): boolean
  closest(selector: string): PageElement | null
  querySelector(selector: string): PageElement | null
}

export interface PageImage extends PageElement {
  src: string
  loading: string
  naturalWidth: number
  decode(): Promise<void>
}

export interface PageLink extends PageElement {
  href: string
}

export interface PageText {
  textContent: string
  parentElement: PageElement | null
}

export interface PageDocument {
  documentElement: PageElement & { scrollWidth: number; clientWidth: number }
  body: PageElement
  activeElement: PageElement | null
  images: Iterable<PageImage>
  links: Iterable<PageLink>
  querySelectorAll(selector: string): Iterable<PageElement> & { length: number }
  /** `4` is `NodeFilter.SHOW_TEXT`. */
  createTreeWalker(root: PageElement, show: 4): { nextNode(): PageText | null }
}

export interface PageStyle {
  color: string
  backgroundColor: string
  fontSize: string
  fontWeight: string
  outlineStyle: string
  outlineWidth: string
}

export type ComputedStyleOf = (element: PageElement, pseudoElement?: string) => PageStyle
