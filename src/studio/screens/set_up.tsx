import { useState } from 'react'
import { useMakeOwner } from '../api/account.ts'
import controls from '../parts/controls.module.css'
import { TextField } from '../parts/field.tsx'
import { ProblemForm } from '../parts/problem_form.tsx'
import { ZoneField } from '../parts/zone_field.tsx'
import { t } from '../texts.ts'

const PASSWORD_MIN = 8

export function SetUpForm() {
  const [zone, setZone] = useState(Intl.DateTimeFormat().resolvedOptions().timeZone)
  const make = useMakeOwner()
  const send = (values: Record<string, string>) =>
    make.mutate({
      code: (values.code ?? '').trim(),
      name: values.name ?? '',
      email: values.email ?? '',
      password: values.password ?? '',
      time_zone: zone,
    })
  return (
    <ProblemForm
      onSend={send}
      error={make.error}
      sentences={{ 403: t('wrong_code'), 409: t('already_set_up'), 429: t('too_many_tries') }}
    >
      <TextField
        name="code"
        label={t('setup_code')}
        hint={t('setup_code_hint')}
        required
        // biome-ignore lint/a11y/noAutofocus: there is nothing else on the page
        autoFocus
        autoComplete="one-time-code"
      />
      <TextField name="name" label={t('your_name')} required autoComplete="name" maxLength={200} />
      <TextField name="email" label={t('email')} type="email" required autoComplete="email" />
      <TextField
        name="password"
        label={t('password')}
        hint={t('password_hint', { count: PASSWORD_MIN })}
        type="password"
        required
        minLength={PASSWORD_MIN}
        autoComplete="new-password"
      />
      <ZoneField value={zone} onZone={setZone} />
      <button type="submit" className={`${controls.button} ${controls.first}`} disabled={make.isPending}>
        {t('set_up_button')}
      </button>
    </ProblemForm>
  )
}
