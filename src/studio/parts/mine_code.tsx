import { useMutation } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { request } from '../api/request.ts'
import { timeOfDay } from '../format/when.ts'
import { t } from '../texts.ts'
import css from './dialog.module.css'
import { Sheet } from './dialog.tsx'
import text from './text.module.css'

const Qr = lazy(() => import('./qr.tsx'))
const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** "This device is mine": a code for the phone, good for ten minutes and once. */
export function MineCode() {
  const [open, setOpen] = useState(false)
  const make = useMutation({
    mutationFn: () => request<{ url: string; expires_at: string }>('POST', '/api/mine-codes', {}),
  })
  const show = () => {
    setOpen(true)
    make.mutate()
  }
  return (
    <>
      <button type="button" className={`${text.plain} ${text.link}`} data-plain onClick={show}>
        {t('show_the_code')}
      </button>
      <Sheet open={open} onOpen={setOpen} title={t('mine_title')}>
        <p className={text.soft}>{t('mine_words')}</p>
        {make.error && (
          <p className={text.warn} role="alert">
            {make.error.message}
          </p>
        )}
        {make.data && (
          <>
            <Suspense fallback={null}>
              <Qr value={make.data.url} label={t('mine_title')} className={css.qr ?? ''} />
            </Suspense>
            <p className={text.mono}>{make.data.url}</p>
            <p className={`${text.small} ${text.mute}`}>
              {t('good_until', { time: timeOfDay(make.data.expires_at, ownZone) })}
            </p>
          </>
        )}
      </Sheet>
    </>
  )
}
