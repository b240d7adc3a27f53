import { until } from '../../servers/until.ts'
import { type Seen, settled, wrongWith } from './landing.ts'
import { activate, type Walker } from './walker.ts'
import { elementOf, type Way } from './ways.ts'

const ENTRIES = '[role=dialog] [role=option]'

/**
 * Opens a list with a search, closes it by Escape, opens it again and chooses an entry that it found by its name. The
 * choice stands in the address, or on the button.
 */
export async function pickOne(
  walker: Walker,
  here: Seen,
  way: Way,
  report: (problem: string) => void,
): Promise<void> {
  const { tab, owner, how, chose } = walker
  const face = async () => (await elementOf(tab, way)).evaluate(one => one.textContent)
  await activate(walker, way)
  await tab.waitForSelector(ENTRIES)
  await tab.keyboard.press('Escape')
  await tab.waitForFunction(() => !document.querySelector('[role=dialog]'))
  const trigger = await elementOf(tab, way)
  if (!(await trigger.evaluate(one => one === document.activeElement)))
    report('does not get the focus back when Escape closes its list')

  const before = await face()
  await activate(walker, way)
  await tab.waitForSelector(ENTRIES)
  const name = await tab.$$eval(ENTRIES, all => all.at(-1)!.textContent ?? '')
  await tab.keyboard.type(name)
  await until('only what was searched for', async () => {
    const found = await tab.$$eval(ENTRIES, all => all.map(one => one.textContent ?? ''))
    return found.length > 0 && found.every(one => one.includes(name))
  })
  chose()
  if (how === 'mouse') await (await tab.$(ENTRIES))!.click()
  else await tab.keyboard.press('Enter')
  await tab.waitForFunction(() => !document.querySelector('[role=dialog]'))
  const isTold = async () => (await face()) !== before
  await until('the choice on the button', isTold, { timeoutMs: 3_000, everyMs: 20 }).catch(() =>
    report(`does nothing when "${name}" is chosen`),
  )
  const after = await settled(tab)
  if (after.address === here.address) return
  for (const wrong of await wrongWith(owner, way, after)) report(wrong)
  if (!(await face())?.includes(name)) report(`does not show that "${name}" is chosen`)
}
