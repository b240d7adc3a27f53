import { until } from '../../servers/until.ts'
import { type Seen, settled } from './landing.ts'
import { activate, type Walker } from './walker.ts'
import { elementOf, type Way } from './ways.ts'

const ENTRIES = '[role=menu] [role^=menuitem]'

/** Opens a menu once for each of its entries, chooses it, and sees that something came of it. Escape closes it. */
export async function openMenu(
  walker: Walker,
  here: Seen,
  way: Way,
  report: (problem: string) => void,
): Promise<void> {
  const { tab } = walker
  const chosen = new Set<string>()
  for (;;) {
    const before = await state(walker)
    await open(walker, way)
    const entries = await tab.$$eval(ENTRIES, all =>
      all.map(one => ({
        name: one.textContent ?? '',
        isChecked: one.getAttribute('aria-checked') === 'true',
      })),
    )
    if (entries.length === 0) return report('opens a menu without an entry')
    const index = entries.findIndex(one => !chosen.has(one.name))
    if (index < 0) break
    const entry = entries[index]!
    chosen.add(entry.name)
    await choose(walker, index)
    const changed = await until('a change', async () => (await state(walker)) !== before, {
      timeoutMs: 3_000,
      everyMs: 20,
    }).catch(() => false)
    if (!changed && !entry.isChecked) report(`has the entry "${entry.name}", which does nothing`)
    await restore(walker, here)
  }
  await tab.keyboard.press('Escape')
  await tab.waitForFunction(() => !document.querySelector('[role=menu]'))
  const trigger = await elementOf(tab, way)
  if (!(await trigger.evaluate(one => one === document.activeElement)))
    report('does not get the focus back when Escape closes its menu')
}

async function open(walker: Walker, way: Way): Promise<void> {
  await activate(walker, way)
  await walker.tab.waitForSelector(ENTRIES)
}

async function choose({ tab, how, chose }: Walker, index: number): Promise<void> {
  chose()
  if (how === 'mouse') return (await tab.$$(ENTRIES))[index]!.click()
  const isThere = () => tab.$$eval(ENTRIES, (all, place) => all[place] === document.activeElement, index)
  for (let presses = 0; presses < 50 && !(await isThere()); presses++) await tab.keyboard.press('ArrowDown')
  await tab.keyboard.press('Enter')
}

/** What an entry of a menu may change: the address, the appearance, the names of buttons and fields, a notice. */
const state = ({ tab }: Walker): Promise<string> =>
  tab.evaluate(() => {
    const names = [...document.querySelectorAll('button, input, textarea, small, dialog, h1, [role=alert]')]
      .filter(one => !one.closest('[role=menu]'))
      .map(one => one.getAttribute('aria-label') ?? one.textContent)
    return JSON.stringify([location.href, document.documentElement.dataset.theme, names])
  })

/** Leaves what the entry opened: the menu itself, a field, a dialog, or the login. */
async function restore({ tab, owner }: Walker, here: Seen): Promise<void> {
  await settled(tab)
  if (await tab.$('input[type=password]')) {
    await owner.logIn(tab, { stay: true })
    await settled(tab)
    // logging out leaves for the first screen; the walk goes on from where it was
    if (tab.url() !== here.address)
      await Promise.all([
        tab.waitForNavigation(),
        tab.evaluate(address => location.replace(address), here.address),
      ])
  } else if (tab.url() !== here.address) await tab.goBack()
  else if (await tab.$('[role=menu], [role=dialog], main :focus:is(input, textarea)'))
    await tab.keyboard.press('Escape')
  await settled(tab, here.address)
  await tab.waitForFunction(() => !document.querySelector('[role=menu], [role=dialog]'))
}
