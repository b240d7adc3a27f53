import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accent, onPaper } from '../../src/contract/accent.ts'
import { contrast, readHex } from '../../src/contract/contrast.ts'

test('contrast is the ratio of WCAG', () => {
  expect(contrast(readHex('#000000'), readHex('#ffffff'))).toBe(21)
  expect(contrast(readHex('#777777'), readHex('#ffffff'))).toBeCloseTo(4.48, 2)
})

test('whatever accent an owner picks, its text is readable on the light and on the dark paper', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffffff }), n => {
      const { light, dark } = accent(`#${n.toString(16).padStart(6, '0')}`)
      expect(contrast(readHex(light), readHex('#fdfdfc'))).toBeGreaterThanOrEqual(4.5)
      expect(contrast(readHex(dark), readHex('#161513'))).toBeGreaterThanOrEqual(4.5)
      expect(contrast(readHex(light), readHex('#ffffff'))).toBeGreaterThanOrEqual(4.5)
    }),
    { numRuns: 2_000 },
  )
})

test('the contrast on a paper is that of the colour there', () => {
  expect(onPaper('#17654c', 'light')).toBeCloseTo(contrast(readHex('#17654c'), readHex('#fdfdfc')), 10)
  expect(onPaper('#ffee00', 'light')).toBeLessThan(1.3)
  expect(onPaper(accent('#ffee00').light, 'light')).toBeGreaterThanOrEqual(4.5)
})

test('an accent that is dark enough stays the owner’s, to the digit', () => {
  expect(accent('#17654c').light).toBe('#17654c')
  expect(accent('#a5370f').light).toBe('#a5370f')
})
