import { accent as onPages, onPaper } from '../../contract/accent.ts'
import controls from '../parts/controls.module.css'
import text from '../parts/text.module.css'
import { t } from '../texts.ts'
import css from './editor.module.css'
import type { EditorForm } from './form.ts'
import { Line, Prose } from './prose.tsx'

/** One sentence should fit a phone's first screen. */
const SENTENCE_ADVICE = 160

const RESULT_EXAMPLES = [
  { figure: () => t('result_figure_example'), text: () => t('result_text_example') },
  { figure: () => t('result_figure_example_2'), text: () => t('result_text_example_2') },
  { figure: () => t('result_figure_example_3'), text: () => t('result_text_example_3') },
]

interface FieldsProps {
  form: EditorForm
  change: (form: EditorForm) => void
}

export function SummaryFields({ form, change }: FieldsProps) {
  const { summary } = form
  const set = (part: Partial<EditorForm['summary']>) => change({ ...form, summary: { ...summary, ...part } })
  const setResult = (index: number, part: Partial<EditorForm['summary']['results'][number]>) =>
    set({ results: summary.results.map((one, at) => (at === index ? { ...one, ...part } : one)) })
  return (
    <>
      <div className={controls.pair}>
        <Line
          label={t('your_name')}
          value={summary.name}
          max={200}
          shows="h1"
          onValue={name => set({ name })}
        />
        <Line
          label={t('for_whom')}
          value={summary.for_whom}
          max={200}
          placeholder={t('for_whom_example')}
          shows=".head"
          onValue={for_whom => set({ for_whom })}
        />
      </div>
      <Prose
        label={t('one_sentence')}
        value={summary.sentence}
        rows={2}
        max={400}
        placeholder={t('one_sentence_example')}
        shows=".sentence"
        hint={t('of_characters', { count: summary.sentence.length, most: SENTENCE_ADVICE })}
        onValue={sentence => set({ sentence })}
      />
      <fieldset className={css.results} data-shows=".results">
        <legend className={text.hidden}>{t('three_results')}</legend>
        <div aria-hidden="true">
          <b>{t('result')}</b>
          <b>{t('what_it_was')}</b>
        </div>
        {summary.results.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the three lines are places, not things
          <div key={index}>
            <input
              className={controls.input}
              aria-label={t('result_figure', { place: index + 1 })}
              value={one.figure}
              maxLength={40}
              placeholder={RESULT_EXAMPLES[index]?.figure()}
              onChange={event => setResult(index, { figure: event.target.value })}
            />
            <input
              className={controls.input}
              aria-label={t('result_text', { place: index + 1 })}
              value={one.text}
              maxLength={200}
              placeholder={RESULT_EXAMPLES[index]?.text()}
              onChange={event => setResult(index, { text: event.target.value })}
            />
          </div>
        ))}
      </fieldset>
      <Prose
        label={t('text')}
        value={summary.body}
        rows={5}
        max={20_000}
        hint={t('markdown_hint')}
        placeholder={t('summary_skeleton')}
        shows=".prose"
        onValue={body => set({ body })}
      />
      <LookFields form={form} change={change} />
    </>
  )
}

function LookFields({ form, change }: FieldsProps) {
  const { accent, type } = form.look
  const used = onPages(accent)
  const set = (part: Partial<EditorForm['look']>) => change({ ...form, look: { ...form.look, ...part } })
  return (
    <div className={controls.pair}>
      <div className={controls.field}>
        <label htmlFor="accent">{t('accent')}</label>
        <span className={css.swatch}>
          <input
            type="color"
            id="accent"
            value={accent}
            onChange={event => set({ accent: event.target.value })}
          />
          <span>{accent}</span>
        </span>
        <p className={controls.hint}>
          {t('accent_on_light', { colour: used.light, ratio: onPaper(used.light, 'light').toFixed(1) })}
          <br />
          {t('accent_on_dark', { colour: used.dark, ratio: onPaper(used.dark, 'dark').toFixed(1) })}
          <br />
          {t('accent_hint')}
        </p>
      </div>
      <fieldset className={controls.field}>
        <legend>{t('typeface')}</legend>
        <span>
          <span className={controls.choice}>
            {(['serif', 'sans'] as const).map(one => (
              <label key={one}>
                <input type="radio" name="type" checked={type === one} onChange={() => set({ type: one })} />
                {one === 'serif' ? t('serif') : t('sans')}
              </label>
            ))}
          </span>
        </span>
      </fieldset>
    </div>
  )
}
