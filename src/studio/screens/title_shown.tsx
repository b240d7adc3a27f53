import { useAddressChanges } from '../api/links.ts'
import controls from '../parts/controls.module.css'
import panel from '../parts/panel.module.css'
import { t } from '../texts.ts'

/** Says how many addresses show words of the title, and offers new ones. */
export function TitleShown({ campaign, count }: { campaign: string; count: number }) {
  const { hideTitle } = useAddressChanges(campaign)
  if (count === 0) return null
  return (
    <div className={panel.note} role="status">
      <p>{hideTitle.error?.message ?? t('title_shown', { count })}</p>
      <button
        type="button"
        className={controls.button}
        disabled={hideTitle.isPending}
        onClick={() => hideTitle.mutate()}
      >
        {t('new_addresses', { count })}
      </button>
    </div>
  )
}
