/** Three bars: hollow, half, full. */
export function BrandMark() {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
      <rect
        x="2.75"
        y="11.75"
        width="3.5"
        height="5.5"
        rx="1"
        fill="none"
        stroke="var(--new)"
        strokeWidth="1.5"
      />
      <rect x="8" y="7" width="5" height="11" rx="1.5" fill="var(--actual)" />
      <rect x="14" y="2" width="5" height="16" rx="1.5" fill="var(--engaged)" />
    </svg>
  )
}
