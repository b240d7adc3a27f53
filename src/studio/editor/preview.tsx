import { useEffect, useRef, useState } from 'react'
import type { Page } from '../../contract/words.ts'
import { pageName } from '../format/names.ts'
import controls from '../parts/controls.module.css'
import text from '../parts/text.module.css'
import { t } from '../texts.ts'
import css from './editor.module.css'
import { usePlace } from './use_place.ts'

interface PreviewProps {
  campaign: string
  page: Page
  /** of the saved draft: a new one shows the page anew */
  version: number
  title: string
  /** false while a phone shows the form in its place */
  shown: boolean
}

/** The page as a reader will see it, from the saved draft. */
export function Preview({ campaign, page, version, title, shown }: PreviewProps) {
  const [width, setWidth] = useState<'phone' | 'desktop'>('phone')
  const [frame, src] = useFrame(`/api/campaigns/${campaign}/preview/${page}?v=${version}`)
  const { onLoad, settle } = usePlace(frame)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a frame that was not shown had no place to scroll to
  useEffect(settle, [settle, shown, width])
  return (
    <aside className={css.preview} aria-label={t('preview')}>
      <header>
        <span className={`${text.small} ${text.mute}`}>{t('preview_words')}</span>
        <fieldset className={`${controls.choice} ${text.wideOnly}`}>
          <legend className={text.hidden}>{t('width')}</legend>
          {(['phone', 'desktop'] as const).map(one => (
            <label key={one}>
              <input
                type="radio"
                name="width"
                value={one}
                checked={width === one}
                onChange={() => setWidth(one)}
              />
              {one === 'phone' ? t('phone') : t('desktop')}
            </label>
          ))}
        </fieldset>
      </header>
      <div className={css.stage}>
        <iframe
          onLoad={onLoad}
          className={css.device}
          title={t('preview_of', { page: pageName(page), title })}
          ref={frame}
          src={src}
        />
      </div>
    </aside>
  )
}

/** A frame that goes on to another address without an entry in the history: Back would only turn back the frame. */
function useFrame(address: string) {
  const frame = useRef<HTMLIFrameElement>(null)
  const shown = useRef(address)
  const [first] = useState(address)
  useEffect(() => {
    if (shown.current === address) return
    shown.current = address
    frame.current?.contentWindow?.location.replace(address)
  }, [address])
  return [frame, first] as const
}
