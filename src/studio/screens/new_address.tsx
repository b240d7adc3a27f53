import type { Link } from '../../contract/shapes.ts'
import { useAddressChanges } from '../api/links.ts'
import { linkName } from '../format/names.ts'
import controls from '../parts/controls.module.css'
import { Sheet } from '../parts/dialog.tsx'
import { TextField } from '../parts/field.tsx'
import { ProblemForm } from '../parts/problem_form.tsx'
import text from '../parts/text.module.css'
import { t } from '../texts.ts'

interface NewAddressProps {
  campaign: string
  link: Link
  open: boolean
  onOpen: (open: boolean) => void
}

/** Gives a link another address; the one it had goes on working. */
export function NewAddress({ campaign, link, open, onOpen }: NewAddressProps) {
  const { replace } = useAddressChanges(campaign)
  const send = ({ slug = '' }: Record<string, string>) =>
    replace.mutate(
      { id: link.id, ...(slug.trim() && { slug: slug.trim() }) },
      { onSuccess: () => onOpen(false) },
    )
  return (
    <Sheet open={open} onOpen={onOpen} title={t('new_address_of', { name: linkName(link) })}>
      <p className={text.soft}>{t('new_address_words')}</p>
      <ProblemForm onSend={send} error={replace.error}>
        <TextField
          name="slug"
          label={t('own_address')}
          hint={t('own_address_hint')}
          placeholder="mara-ilves"
          pattern="[a-z0-9\-]{3,64}"
          autoComplete="off"
          spellCheck={false}
        />
        <div>
          <button
            type="submit"
            className={`${controls.button} ${controls.first}`}
            disabled={replace.isPending}
          >
            {t('make_address')}
          </button>
        </div>
      </ProblemForm>
    </Sheet>
  )
}
