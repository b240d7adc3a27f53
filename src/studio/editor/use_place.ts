import { type RefObject, useCallback, useEffect, useRef } from 'react'

/** Acts by which a person scrolls a page. */
const BY_HAND = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const

/**
 * Keeps a frame of this site where it is over its reloads, and takes it to the part of its page whose field has the focus:
 * the field, or what it stands in, names that part by a selector in `data-shows`. A frame that was scrolled by hand stays
 * there until another field is written.
 */
export function usePlace(frame: RefObject<HTMLIFrameElement | null>) {
  const place = useRef({ path: '', top: 0, part: undefined as string | undefined })

  const settle = useCallback(() => {
    const shown = frame.current?.contentWindow
    if (!shown) return
    const { top, part } = place.current
    shown.scrollTo({ top, behavior: 'instant' })
    const target = part && shown.document.querySelector(part)
    if (!target) return
    const box = target.getBoundingClientRect()
    const written = box.top + box.height * caretShare(document.activeElement)
    if (written < 0.1 * shown.innerHeight || written > 0.9 * shown.innerHeight)
      shown.scrollBy({ top: written - shown.innerHeight / 2, behavior: 'instant' })
  }, [frame])

  useEffect(() => {
    const follow = ({ target }: FocusEvent) => {
      const part = (target as Element).closest<HTMLElement>('[data-shows]')?.dataset.shows
      if (!part || part === place.current.part) return
      place.current.part = part
      settle()
    }
    document.addEventListener('focusin', follow)
    return () => document.removeEventListener('focusin', follow)
  }, [settle])

  const onLoad = useCallback(() => {
    const shown = frame.current?.contentWindow
    if (!shown) return
    const { pathname } = shown.location
    if (pathname !== place.current.path) Object.assign(place.current, { path: pathname, top: 0 })
    settle()
    shown.addEventListener('scroll', () => {
      place.current.top = shown.scrollY
    })
    for (const act of BY_HAND) {
      shown.addEventListener(act, () => {
        place.current.part = undefined
      })
    }
  }, [frame, settle])

  return { onLoad, settle }
}

/** How far down in its text somebody writes, 0 to 1; half of it where the field is a line. */
function caretShare(field: Element | null): number {
  if (!(field instanceof HTMLTextAreaElement) || field.value === '') return 0.5
  return field.selectionEnd / field.value.length
}
