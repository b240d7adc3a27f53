import { scaleLinear } from '@visx/scale'
import { Bar } from '@visx/shape'
import { duration } from '../format/duration.ts'
import { pageName, shortTitle } from '../format/names.ts'
import type { Band } from '../story/attention.ts'
import { t } from '../texts.ts'
import css from './bands.module.css'

/** From this width, in percent, a stretch can hold its name. */
const NAMED_FROM = 24

interface BandsProps {
  bands: Band[]
  /** of the case studies by id */
  titles: Map<string, string>
  /** the case study that was read longest */
  longest: string | undefined
}

/** Attention along the reading: one band a page, cut where one case study ends and the next begins. */
export function Bands({ bands, titles, longest }: BandsProps) {
  const x = scaleLinear({ domain: [0, 100], range: [0, 100] })
  const at = (percent: number) => `${x(percent)}%`
  return (
    <dl className={css.bands}>
      {bands.map(band => (
        <div key={band.page}>
          <dt>{pageName(band.page)}</dt>
          <dd className={css.num}>{duration(band.ms)}</dd>
          <dd>
            <svg role="img" aria-label={bandLabel(band, titles)}>
              {band.stretches.map(stretch => (
                <g key={stretch.start}>
                  <Bar x={at(stretch.start)} width={at(stretch.width)} height={20} />
                  {stretch.parts.map((part, index) => (
                    <g key={part.id}>
                      {part.id === longest && (
                        <Bar
                          className={css.pick ?? ''}
                          x={at(part.start)}
                          width={at(part.width)}
                          height={20}
                        />
                      )}
                      {index > 0 && (
                        <Bar className={css.cut ?? ''} x={at(part.start)} width={2} height={20} />
                      )}
                      {part.id === longest && part.width >= NAMED_FROM && (
                        <text x={at(part.start + 1.3)} y={14}>
                          {shortTitle(titles.get(part.id) ?? '').slice(0, 28)} {duration(part.ms)}
                        </text>
                      )}
                    </g>
                  ))}
                </g>
              ))}
            </svg>
          </dd>
        </div>
      ))}
    </dl>
  )
}

function bandLabel(band: Band, titles: Map<string, string>): string {
  const parts = band.stretches
    .flatMap(stretch => stretch.parts)
    .map(part => `${titles.get(part.id) ?? part.id}: ${duration(part.ms)}`)
  return [t('band_label', { page: pageName(band.page), time: duration(band.ms) }), ...parts].join('; ')
}
