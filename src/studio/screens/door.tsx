import { useEffect } from 'react'
import { BrandMark } from '../parts/brand.tsx'
import { useTitle } from '../parts/title.ts'
import { t } from '../texts.ts'
import css from './door.module.css'
import { LogInForm } from './log_in.tsx'
import { SetUpForm } from './set_up.tsx'

/** Before the studio: the first owner is made, or somebody logs in. */
export default function Door({ needsOwner }: { needsOwner: boolean }) {
  // With the form goes the focus: the studio that takes its place has it then.
  useEffect(() => () => document.getElementById('main')?.focus({ preventScroll: true }), [])
  useTitle(needsOwner ? t('set_up') : t('log_in'))
  return (
    <main className={css.door}>
      <span className={css.brand}>
        <BrandMark />
        Pitchbeat
      </span>
      <div className={css.card}>
        <h1>{needsOwner ? t('set_up_title') : t('log_in')}</h1>
        <p>{needsOwner ? t('set_up_words') : t('log_in_words')}</p>
        {needsOwner ? <SetUpForm /> : <LogInForm />}
      </div>
      <p className={css.foot}>{t('door_foot')}</p>
    </main>
  )
}
