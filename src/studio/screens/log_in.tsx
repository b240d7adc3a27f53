import { useLogIn } from '../api/account.ts'
import controls from '../parts/controls.module.css'
import { TextField } from '../parts/field.tsx'
import { ProblemForm } from '../parts/problem_form.tsx'
import { t } from '../texts.ts'
import css from './log_in.module.css'

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
      <details className={css.forgot}>
        <summary>{t('forgot_password')}</summary>
        <p>{t('forgot_password_words')}</p>
        <code>pitchbeat reset-password {t('email_example')}</code>
      </details>
    </ProblemForm>
  )
}
