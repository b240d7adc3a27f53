import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig, settingsPage } from '../src/config.ts'

describe('settings', () => {
  it('start without any', () => {
    const config = readConfig({})
    expect(config).toMatchObject({
      PORT: 4000,
      DATA_DIR: './data',
      BASE_URL: 'http://localhost:4000',
      SESSION_WINDOW: 'sliding',
    })
  })

  it.each([
    ['PORT', '99999'],
    ['PORT', 'four thousand'],
    ['BASE_URL', 'pitch.example'],
    ['SECRET', 'short'],
    ['DATABASE_URL', 'mysql://x'],
    ['SESSION_WINDOW', 'rolling'],
    ['TRUSTED_PROXIES', 'everybody'],
    ['DURABILITY', 'maybe'],
    ['LIMIT_FACTOR', 'lots'],
  ])('refuse %s=%s, naming the variable', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(ConfigError)
    expect(() => readConfig({ [name]: value })).toThrow(name)
  })

  it('never repeat a secret in the refusal', () => {
    expect(() => readConfig({ SECRET: 'hunter2' })).toThrow(/^(?!.*hunter2)/s)
  })

  it('count an empty value as absent', () => {
    expect(readConfig({ PORT: '', SECRET: ' ' }).PORT).toBe(4000)
  })

  it('refuse Redis without PostgreSQL', () => {
    expect(() => readConfig({ REDIS_URL: 'redis://localhost' })).toThrow('DATABASE_URL')
  })

  it('drop a slash at the end of BASE_URL', () => {
    expect(readConfig({ BASE_URL: 'https://pitch.example/' }).BASE_URL).toBe('https://pitch.example')
  })

  it('are documented as they are', () => {
    expect(readFileSync('docs/settings.md', 'utf8')).toBe(settingsPage())
  })
})
