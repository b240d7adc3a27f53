import { lazy, Suspense } from 'react'
import { useSearchParams } from 'wouter'
import { FEW, useFirstLinks } from '../api/links.ts'
import { linkName } from '../format/names.ts'
import { t } from '../texts.ts'
import { Choice } from './choice.tsx'
import controls from './controls.module.css'
import text from './text.module.css'

const LinkPicker = lazy(() => import('./link_picker.tsx'))

/** One link or all of them, kept in the address. */
export function LinkFilter({ id }: { id: string }) {
  const [search, setSearch] = useSearchParams()
  const first = useFirstLinks(id).data
  if (!first || first.total < 2) return null
  const chosen = search.get('link') ?? ''
  const choose = (link: string) =>
    setSearch(before => {
      const next = new URLSearchParams(before)
      if (link) next.set('link', link)
      else next.delete('link')
      return next
    })
  if (first.total > FEW) {
    return (
      <Suspense fallback={null}>
        <LinkPicker
          campaign={id}
          total={first.total}
          chosen={chosen}
          label={t('link')}
          onPick={link => choose(link?.id ?? '')}
        />
      </Suspense>
    )
  }
  return (
    <>
      <label className={text.hidden} htmlFor="link">
        {t('link')}
      </label>
      <Choice
        id="link"
        className={controls.end}
        value={chosen}
        onChange={event => choose(event.target.value)}
      >
        <option value="">{t('all_links', { count: first.total })}</option>
        {first.items.map(link => (
          <option key={link.id} value={link.id}>
            {linkName(link)}
          </option>
        ))}
      </Choice>
    </>
  )
}
