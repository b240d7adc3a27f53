import { contrast, type Rgb, readHex, toLinear } from './contrast.ts'

/** The two grounds of src/pages/styles/tokens.css. */
const PAPER = { light: readHex('#fdfdfc'), dark: readHex('#161513') }
/** WCAG 2.2, success criterion 1.4.3: what text needs. The accent is used for text, and as a ground for text in the paper's colour. */
const ENOUGH = 4.5
/** Lightness of the accent on the dark paper: 4.5:1 alone would leave a saturated glow there; this gave 9:1 with the mocks' green and orange. */
const DARK_LIGHTNESS = 0.79

/** The accent as the pages use it, `#rrggbb`, with at least 4.5:1 on its paper. */
export interface Accent {
  light: string
  dark: string
}

/** Moves the owner's accent only in lightness, and only as far as its paper asks, so that it stays the owner's. */
export function accent(hex: string): Accent {
  const [lightness, a, b] = toOklab(readHex(hex))
  return {
    light: lift([lightness, a, b], PAPER.light, -0.005),
    dark: lift([Math.max(lightness, DARK_LIGHTNESS), a, b], PAPER.dark, 0.005),
  }
}

/** The contrast of a colour on the pages' light or dark paper, 1 to 21. */
export const onPaper = (hex: string, paper: keyof Accent): number => contrast(readHex(hex), PAPER[paper])

type Oklab = readonly [lightness: number, a: number, b: number]

function lift([start, a, b]: Oklab, paper: Rgb, step: number): string {
  let lightness = start
  let colour = toRgb([lightness, a, b])
  while (contrast(colour, paper) < ENOUGH) {
    lightness += step
    colour = toRgb([lightness, a, b])
  }
  return `#${colour.map(channel => channel.toString(16).padStart(2, '0')).join('')}`
}

/** Björn Ottosson's OKLab, https://bottosson.github.io/posts/oklab/: lightness moves without the hue. */
function toOklab(rgb: Rgb): Oklab {
  const [r, g, b] = rgb.map(toLinear) as [number, number, number]
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

/** Back to sRGB; a colour no screen can show gives up colourfulness until one can. */
function toRgb([lightness, a, b]: Oklab): Rgb {
  for (let share = 1; share > 0; share -= 0.02) {
    const linear = linearRgb([lightness, a * share, b * share])
    if (linear.every(channel => channel > -0.0005 && channel < 1.0005)) return linear.map(toChannel) as never
  }
  return linearRgb([Math.min(Math.max(lightness, 0), 1), 0, 0]).map(toChannel) as never
}

function linearRgb([lightness, a, b]: Oklab): number[] {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
}

function toChannel(linear: number): number {
  const s = linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055
  return Math.round(Math.min(Math.max(s, 0), 1) * 255)
}
