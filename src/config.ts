import { z } from 'zod'

/** Every setting, documented here; the only reader of process.env. `docs/settings.md` is made from this schema. */

const flagless = (text: string) => text.trim()
const list = z.string().transform(text => text.split(',').map(flagless).filter(Boolean))
const whole = (min: number, max: number) =>
  z.coerce
    .number('not a number')
    .pipe(z.int('not a whole number').min(min, `below ${min}`).max(max, `above ${max}`))
const postgresUrl = z.string().regex(/^postgres(ql)?:\/\/\S+$/, 'an address that begins with postgres://')
const cidr = /^([0-9a-f:.]+)(\/\d{1,3})?$/i

export const Settings = z.object({
  HOST: z.string().min(1).default('0.0.0.0').describe('Address to listen on.'),
  PORT: whole(0, 65_535).default(4000).describe('Port to listen on, 0 to 65535; 0 takes a free one.'),
  BASE_URL: z
    .url({ protocol: /^https?$/ })
    .transform(url => url.replace(/\/+$/, ''))
    .optional()
    .describe(
      'Public address of this server, such as https://pitch.example. Default: http://localhost:PORT.',
    ),
  DATA_DIR: z
    .string()
    .min(1)
    .default('./data')
    .describe('Folder of the embedded database and the generated secret.'),
  DATABASE_URL: postgresUrl
    .optional()
    .describe('PostgreSQL 15 or newer. Without it the database lives in DATA_DIR.'),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\/\S+$/, 'an address that begins with redis:// or rediss://')
    .optional()
    .describe('Redis 6.2 or newer for the queue. Several nodes of a cluster are separated by commas.'),
  SECRET: z
    .string()
    .min(32)
    .optional()
    .describe('At least 32 characters. Default: made on first start in DATA_DIR.'),
  SECRET_PREVIOUS: z
    .string()
    .min(32)
    .optional()
    .describe('The secret before the present one; still accepted.'),
  SERVICE_KEY: z.string().min(32).optional().describe('Opens /internal. Without it those routes answer 401.'),
  METRICS_TOKEN: z
    .string()
    .min(16)
    .optional()
    .describe('Opens /metrics on PORT. Without it that answers 401.'),
  INTERNAL_HOST: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe('Address on which /health and /metrics of this process are served without a token.'),
  INTERNAL_PORT: whole(0, 65_535)
    .optional()
    .describe(
      'Port for these; 0 takes a free one. Default: 9464, for a worker of its own 9465, or a free one where that is in use.',
    ),
  TRUSTED_PROXIES: list
    .refine(
      ranges => ranges.every(range => cidr.test(range)),
      'addresses or CIDR ranges, separated by commas',
    )
    .default([])
    .describe('Proxies whose X-Forwarded-For is believed, e.g. 10.0.0.0/8,::1.'),
  SIGN_UP: z.enum(['closed', 'open']).default('closed').describe('Whether strangers may make an account.'),
  SESSION_WINDOW: z.enum(['sliding', 'fixed']).default('sliding').describe('How a session ends.'),
  WINDOW_MS: whole(500, 86_400_000)
    .default(1_800_000)
    .describe('Length of the session window, in milliseconds.'),
  IDLE_MS: whole(0, 86_400_000).default(120_000).describe('Idle after this long without input; 0 = never.'),
  LIMIT_FACTOR: z.coerce
    .number('not a number')
    .min(0.01)
    .max(1_000_000)
    .default(1)
    .describe('Multiplies every rate limit.'),
  QUEUE_MAX: whole(100, 100_000_000)
    .default(1_000_000)
    .describe('Entries waiting past which collect answers 503.'),
  LEASE_MS: whole(1_000, 3_600_000)
    .default(60_000)
    .describe(
      'How long a worker may hold what it pulled, in milliseconds; what a dead one held comes back after it. The same for all workers.',
    ),
  DURABILITY: z
    .enum(['normal', 'strict'])
    .default('normal')
    .describe('strict refuses a Redis that may lose a second.'),
  LOG_LEVEL: z
    .enum(['silent', 'error', 'warn', 'info', 'debug'])
    .default('info')
    .describe('How much is logged.'),
})
export type Config = z.output<typeof Settings> & { BASE_URL: string }

/** A setting that cannot be used. The message is for the operator, one line a variable. */
export class ConfigError extends Error {}

/**
 * Reads the settings.
 * @param env the environment; empty values count as absent
 * @throws ConfigError naming each variable, what it holds and what it may be
 */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const given = Object.fromEntries(
    Object.keys(Settings.shape).flatMap(name => (env[name]?.trim() ? [[name, env[name]!.trim()]] : [])),
  )
  const parsed = Settings.safeParse(given)
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => {
      const name = String(path[0]) as keyof typeof Settings.shape
      const shown = /SECRET|KEY|TOKEN|URL/.test(name) ? '' : ` is "${given[name]}"`
      return `${name}${shown}: ${message}. ${Settings.shape[name]?.description ?? ''}`
    })
    throw new ConfigError(lines.join('\n'))
  }
  const config = parsed.data
  if (config.REDIS_URL && !config.DATABASE_URL)
    throw new ConfigError('REDIS_URL needs DATABASE_URL as well: with Redis the facts live in PostgreSQL.')
  return { ...config, BASE_URL: config.BASE_URL ?? `http://localhost:${config.PORT}` }
}

/** docs/settings.md, made from the schema. */
export function settingsPage(): string {
  const rows = Object.entries(Settings.shape).map(([name, schema]) => {
    const found = schema.safeParse(undefined)
    const value = found.success && found.data !== undefined ? String(found.data) : ''
    return `| \`${name}\` | ${value ? `\`${value}\`` : '–'} | ${schema.description ?? ''} |`
  })
  return `# Settings

Environment variables, read once at start. An unusable value is refused, naming the variable and what it may be; an empty
one counts as absent. This page is made from \`src/config.ts\` by \`npm run settings\`.

| setting | default | |
|---|---|---|
${rows.join('\n')}
`
}
