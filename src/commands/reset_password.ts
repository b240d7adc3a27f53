import { defineCommand } from 'citty'
import { resetPassword } from '../accounts/reset_password.ts'
import { readConfig } from '../config.ts'
import type { OpenSystem } from './system.ts'

/** For an owner who is locked out: the operator gives them a new password and ends their logins. */
export function resetPasswordCommand(openSystem: OpenSystem) {
  return defineCommand({
    meta: { name: 'reset-password', description: 'Give an owner a new password, and print it.' },
    args: {
      email: { type: 'positional', description: 'The e-mail the owner logs in with', required: true },
      tokens: { type: 'boolean', description: 'End the tokens as well' },
    },
    async run({ args }) {
      const system = await openSystem(readConfig())
      const password = await resetPassword(system.store.pool, args.email, { tokens: args.tokens }).finally(
        () => system.close(),
      )
      if (!password)
        throw Object.assign(new Error(`There is no account with the e-mail ${args.email}.`), {
          expected: true,
        })
      process.stdout.write(`password: ${password}\n`)
    },
  })
}
