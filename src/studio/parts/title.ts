import { useEffect } from 'react'

/** The title of the browser's tab. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title ? `${title} · Pitchbeat` : 'Pitchbeat'
  }, [title])
}
