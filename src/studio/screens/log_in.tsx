import { useLogIn } from '../api/account.ts'
import controls from '../parts/controls.module.css'
import { TextField } from '../parts/field.tsx'
import { ProblemForm } from '../parts/problem_form.tsx'
import { t } from '../texts.ts'

/** @param props.email who was logged in before, if somebody was */
export function LogInForm({ email }: { email?: string }) {
  const logIn = useLogIn()
  return (
    <ProblemForm
      onSend={values => logIn.mutate({ email: values.email ?? '', password: values.password ?? '' })}
      error={logIn.error}
      sentences={{ 401: t('wrong_login'), 429: t('too_many_tries') }}
    >
      <TextField
        name="email"
        label={t('email')}
        type="email"
        required
        autoComplete="username"
        // biome-ignore lint/a11y/noAutofocus: there is nothing else on the page; the sheet begins in the password
        autoFocus={email === undefined}
        defaultValue={email}
      />
      <TextField
        name="password"
        label={t('password')}
        type="password"
        required
        autoComplete="current-password"
      />
      <button type="submit" className={`${controls.button} ${controls.first}`} disabled={logIn.isPending}>
        {t('log_in')}
      </button>
    </ProblemForm>
  )
}
