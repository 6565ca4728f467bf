/** The frame of every page. @module */
import { html } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { Category } from '../catalog/categories.ts'
import { languages } from '../i18n/language.ts'
import { shopAssets } from './assets.ts'
import { Header } from './parts/header.tsx'
import { StarShapes } from './parts/stars.tsx'
import { absolute } from './site.ts'
import type { View } from './view.ts'

export interface Head {
  /** Without the shop's name; none on the start page. */
  title?: string
  description: string
  /** The path of the one address under which search engines should know the page. */
  canonical: string
  image?: string | undefined
  type?: 'website' | 'product'
  /** Pages that only re-sort or continue others aren't indexed. */
  indexed?: boolean
  /** Read by search engines: schema.org, as JSON-LD. */
  structured?: object[]
}

interface LayoutProps {
  view: View
  head: Head
  departments: Category[]
  children: Child
}

/** The whole document. */
export function Document(props: LayoutProps) {
  return html`<!doctype html>${<Page {...props} />}`
}

function Page({ view, head, departments, children }: LayoutProps) {
  const { t } = view
  return (
    <html lang={view.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#fcfcfa" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#111716" media="(prefers-color-scheme: dark)" />
        <HeadTags view={view} head={head} />
        <link rel="icon" href={shopAssets.url('favicon.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={shopAssets.url('shop.css')} />
      </head>
      <body id="top">
        <a class="skip-link" href="#content">
          {t.skipToContent}
        </a>
        <StarShapes />
        <Header view={view} departments={departments} />
        <main id="content" tabindex={-1}>
          {children}
        </main>
        <footer class="footer">
          <div class="wide">
            <p class="wordmark">{t.siteName}</p>
            <p>{t.footerText}</p>
            <p>
              <a href="#top">{t.backToTop}</a>
            </p>
          </div>
        </footer>
      </body>
    </html>
  )
}

function HeadTags({ view, head }: { view: View; head: Head }) {
  const title =
    head.title === undefined ? `${view.t.siteName} – ${view.t.heroTitle}` : `${head.title} – ${view.t.siteName}`
  return (
    <>
      <title>{title}</title>
      <meta name="description" content={head.description} />
      {head.indexed === false && <meta name="robots" content="noindex, follow" />}
      <link rel="canonical" href={absolute(view.href(head.canonical))} />
      {languages.map((language) => (
        <link rel="alternate" hreflang={language} href={absolute(`${head.canonical}?lang=${language}`)} />
      ))}
      <link rel="alternate" hreflang="x-default" href={absolute(head.canonical)} />
      <meta property="og:site_name" content={view.t.siteName} />
      <meta property="og:type" content={head.type ?? 'website'} />
      <meta property="og:title" content={head.title ?? view.t.siteName} />
      <meta property="og:description" content={head.description} />
      <meta property="og:url" content={absolute(view.href(head.canonical))} />
      <meta property="og:locale" content={view.language === 'ko' ? 'ko_KR' : 'en_US'} />
      {head.image !== undefined && <meta property="og:image" content={absolute(head.image)} />}
      {head.structured?.map((data) => (
        <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: escapedJson(data) }} />
      ))}
    </>
  )
}

function escapedJson(data: object): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c')
}
