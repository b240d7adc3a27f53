import { useLayoutEffect } from 'react'

/** The title of the browser's tab. It changes with the heading, before either is painted, and not a moment after it. */
export function useTitle(title: string | undefined): void {
  useLayoutEffect(() => {
    document.title = title ? `${title} · Pitchbeat` : 'Pitchbeat'
  }, [title])
}
