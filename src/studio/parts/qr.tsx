import { encode } from 'uqr'

/** An address as a QR code, drawn here: the address goes nowhere. Fetched when first needed. */
export default function Qr({
  value,
  label,
  className,
}: {
  value: string
  label: string
  className?: string
}) {
  const { size, data } = encode(value, { border: 0 })
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return (
    <svg
      className={className}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path d={path} fill="#1d1b18" />
    </svg>
  )
}
