/** @jsxImportSource hono/jsx */
import type { Pages } from '../contract/shapes.ts'
import { Document } from './document.tsx'
import { Form } from './form.tsx'
import type { LeadForm } from './lead_form.ts'
import { TEXT_LANGUAGE, type TextKey, t } from './texts.ts'

/** What can be said without a campaign: nothing here, not now, not like this. */
export const SAYINGS = {
  not_found: ['not_found_title', 'not_found', 'not_found_text'],
  nowhere: ['not_found_title', 'not_found', 'nowhere_text'],
  unavailable: ['unavailable', 'unavailable', 'unavailable_text'],
  busy: ['busy', 'busy', 'busy_text'],
  too_large: ['too_large', 'too_large', 'too_large_text'],
  too_slow: ['too_slow', 'too_slow', 'too_slow_text'],
  not_a_form: ['not_a_form', 'not_a_form', 'not_a_form_text'],
  elsewhere: ['elsewhere', 'elsewhere', 'elsewhere_text'],
} as const satisfies Record<string, readonly [title: TextKey, heading: TextKey, text: TextKey]>
export type Saying = keyof typeof SAYINGS

const NothingCounted = () => (
  <footer class="foot" lang={TEXT_LANGUAGE}>
    <p>{t('nothing_counted')}</p>
  </footer>
)

export function BarePage({ saying }: { saying: Saying }) {
  const [title, heading, text] = SAYINGS[saying]
  return (
    <Document title={t(title)} language={TEXT_LANGUAGE} look={null} kind="bare">
      <main>
        <h1>{t(heading)}</h1>
        <div class="prose">
          <p>{t(text)}</p>
        </div>
      </main>
      <NothingCounted />
    </Document>
  )
}

interface GonePageProps {
  look: Pages['look'] | null
  language: string
  /** the owner's last words; empty where they left none */
  words: string
  name: string
}

/** A link that was switched off, has expired, or whose campaign was deleted. */
export function GonePage({ look, language, words, name }: GonePageProps) {
  const paragraphs = words.split(/\n\s*\n/).filter(one => one.trim() !== '')
  return (
    <Document title={t('gone')} language={TEXT_LANGUAGE} look={look} kind="bare">
      <main>
        <h1>{t('gone')}</h1>
        {paragraphs.length > 0 ? (
          <blockquote class="words" lang={language}>
            {paragraphs.map(one => (
              <p key={one}>{one}</p>
            ))}
            {name && <footer>{name}</footer>}
          </blockquote>
        ) : (
          <div class="prose">
            <p>{t('gone_text')}</p>
          </div>
        )}
      </main>
      <NothingCounted />
    </Document>
  )
}

/** The form alone, with what was written, while the campaign it belongs to cannot be read. */
export function KeptPage({
  action,
  lead,
  reason,
}: {
  action: string
  lead: LeadForm
  reason: 'kept_unavailable' | 'kept_busy'
}) {
  return (
    <Document title={t('not_sent')} language={TEXT_LANGUAGE} look={null} kind="bare">
      <main>
        <h1>{t('not_sent')}</h1>
        <div class="prose">
          <p>{t(reason)}</p>
        </div>
        <Form action={action} name={null} lead={lead} main />
      </main>
      <NothingCounted />
    </Document>
  )
}
