import { useEffect, useRef } from 'react'
import type { OpenItem } from '../../contract/shapes.ts'
import { VERDICTS, type Verdict } from '../../contract/words.ts'
import { useVerdict } from '../api/sessions.ts'
import { linkName } from '../format/names.ts'
import { t } from '../texts.ts'
import { Choice } from './choice.tsx'

const NAMES: Record<Verdict, () => string> = {
  person: () => t('opened'),
  bot: () => t('verdict_bot'),
  owner: () => t('verdict_owner'),
}
const BY_RULE = 'rule'

/** What an open counts as, and the owner's say in it. */
export function OpenVerdict({ campaign, open }: { campaign: string; open: OpenItem }) {
  const change = useVerdict(campaign, 'opens', open.id)
  const place = useRef<HTMLFormElement>(null)
  const next = useRef<HTMLElement | null>(null)
  const choose = (value: string) => {
    const row = place.current?.closest('tr')
    next.current = row?.nextElementSibling?.querySelector('select') ?? document.getElementById('main')
    // where it is refused, the choice goes back to what counts
    change.mutate(value === BY_RULE ? null : (value as Verdict))
  }
  // The row may leave this list, and would take the focus with it: it goes on to the next one.
  useEffect(() => () => void (document.activeElement === document.body && next.current?.focus()), [])
  return (
    <form ref={place}>
      <Choice
        aria-label={t('open_counts_as', { name: linkName(open.link) })}
        value={open.verdict}
        onChange={event => choose(event.target.value)}
      >
        {VERDICTS.map(one => (
          <option key={one} value={one}>
            {NAMES[one]()}
          </option>
        ))}
        {open.reason === 'overruled' && <option value={BY_RULE}>{t('as_rules_say')}</option>}
      </Choice>
    </form>
  )
}
