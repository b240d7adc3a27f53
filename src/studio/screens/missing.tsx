import frame from '../parts/frame.module.css'
import { Link } from '../parts/link.tsx'
import { useTitle } from '../parts/title.ts'
import { t } from '../texts.ts'

export function Missing() {
  useTitle(t('missing'))
  return (
    <div>
      <h1>{t('missing')}</h1>
      <p className={frame.about}>
        <Link href="/">{t('to_campaigns')}</Link>
      </p>
    </div>
  )
}
