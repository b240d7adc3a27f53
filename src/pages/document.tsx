/** @jsxImportSource hono/jsx */
import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { Pages } from '../contract/shapes.ts'
import { accentStyle, type Style, sheet } from './style.ts'
import { t } from './texts.ts'

interface DocumentProps {
  title: string
  language: string
  /** null where no campaign is known: the product's own plain look */
  look: Pages['look'] | null
  /** `bare`: a few words and nothing else; `plain`: sections with headings */
  kind?: 'bare' | 'plain'
  /** what chat programs may show of the link: never whom it was made for */
  card?: { title: string; description: string }
  indexable?: boolean
  children: Child
}

/** Everything around the body. */
export function Document({ title, language, look, kind, card, indexable, children }: DocumentProps) {
  return (
    <html lang={language} class={look?.type ?? 'sans'}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <title>{title}</title>
        {!indexable && <meta name="robots" content="noindex" />}
        <meta name="color-scheme" content="light dark" />
        {card && <meta property="og:title" content={card.title} />}
        {card?.description && <meta property="og:description" content={card.description} />}
        {styles(look).map(({ text, source }) => (
          <style key={source}>{raw(text)}</style>
        ))}
      </head>
      <body class={kind}>
        {kind !== 'bare' && (
          <a class="skip away" href="#main_text">
            {t('skip')}
          </a>
        )}
        {children}
      </body>
    </html>
  )
}

/** The styles of a document, in order; its policy names exactly these. */
export function styles(look: Pages['look'] | null): Style[] {
  return look ? [sheet, accentStyle(look)] : [sheet]
}
