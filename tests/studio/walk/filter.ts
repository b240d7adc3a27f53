import { until } from '../../servers/until.ts'
import { type Seen, settled, wrongWith } from './landing.ts'
import type { Walker } from './walker.ts'
import { elementOf, type Way } from './ways.ts'

/**
 * Chooses another entry of a select. It is a filter, kept in the address, or it stores what was chosen: then it is still
 * chosen after a reload, and what was there before is chosen again.
 */
export async function chooseFilter(
  walker: Walker,
  here: Seen,
  way: Way,
  report: (problem: string) => void,
): Promise<void> {
  const { tab } = walker
  // by its name: what was chosen may have moved its row to another list
  const value = () =>
    tab.evaluate(name => {
      const same = walk.ways().find(one => one.kind === 'filter' && one.name === name)
      return same ? (walk.element(same) as HTMLSelectElement).value : null
    }, way.name)
  const before = await value()
  await chooseAnother(walker, way)
  const isOther = async () => ![null, before].includes(await value())
  await until('another choice', isOther, { timeoutMs: 3_000 }).catch(() => {})
  const chosen = await value()
  if (chosen === null || chosen === before) return report('chooses nothing')
  const after = await settled(tab)
  if (after.address !== here.address) {
    for (const wrong of await wrongWith(walker.owner, way, after)) report(wrong)
    if (!new URL(after.address).searchParams.toString().includes(chosen))
      report(`"${chosen}" does not stand in ${after.address}`)
    return
  }
  await tab.reload()
  await settled(tab)
  const kept = await tab.evaluate(
    wanted => [...document.querySelectorAll('select')].some(one => one.value === wanted),
    chosen,
  )
  if (!kept) report(`"${chosen}" is not chosen any more after a reload`)
}

async function chooseAnother({ tab, how, chose }: Walker, way: Way): Promise<void> {
  const element = await elementOf(tab, way)
  chose()
  await element.focus()
  const options = await element.evaluate(one => {
    const select = one as HTMLSelectElement
    return { values: [...select.options].map(option => option.value), now: select.selectedIndex }
  })
  const isLast = options.now === options.values.length - 1
  // The browser's own list of a select cannot be clicked in a test: its keys choose the same.
  if (how === 'keyboard') return tab.keyboard.press(isLast ? 'ArrowUp' : 'ArrowDown')
  const other = options.values[isLast ? options.now - 1 : options.now + 1]!
  await (element as unknown as { select(value: string): Promise<unknown> }).select(other)
}
