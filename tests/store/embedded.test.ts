import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openEmbedded } from '../../src/store/embedded.ts'
import { FolderInUse } from '../../src/store/folder_lock.ts'
import { packageRoot } from '../../src/store/read_sql.ts'
import { until } from '../servers/until.ts'
import { migratedFolder } from './open_embedded.ts'

const posix = process.platform !== 'win32'
describe('the embedded store', () => {
  let folder: string
  beforeEach(async () => {
    folder = await migratedFolder()
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  test('refuses a second start on its folder, naming it, and lets the next one in when it is closed', async () => {
    const store = await openEmbedded(folder)
    const second = openEmbedded(folder)
    await expect(second).rejects.toThrow(FolderInUse)
    await expect(second).rejects.toThrow(folder)
    await store.close()
    await (await openEmbedded(folder)).close()
  })

  test.runIf(posix)('keeps its folder from other users, though PGlite writes files for all', async () => {
    chmodSync(folder, 0o755)
    const store = await openEmbedded(folder)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    await store.close()
  })

  test.runIf(posix)(
    'kill −9 loses nothing that was answered, and the folder opens again at once',
    async () => {
      const child = spawn(process.execPath, ['--import', 'tsx', 'tests/store/writing_process.ts', folder], {
        cwd: packageRoot,
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      let answered = -1
      for await (const line of createInterface(child.stdout)) {
        answered = Number(line)
        if (answered === 50) child.kill('SIGKILL')
      }
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      expect(answered).toBeGreaterThanOrEqual(50)
      const store = await openEmbedded(folder)
      const { rows } = await store.pool.query('select count(*) as n, max(n) as last from public.kept')
      expect(rows[0].last).toBeGreaterThanOrEqual(answered)
      expect(rows[0].n).toBe(rows[0].last + 1)
      await store.close()
    },
  )

  test('makes a folder that does not exist yet', async () => {
    rmSync(folder, { recursive: true })
    const store = await openEmbedded(folder)
    expect((await store.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await store.close()
  })

  test('is started anew where a query never ends, and everybody else goes on', async () => {
    const said: string[] = []
    const log = { info() {}, warn() {}, error: (text: string) => said.push(text) }
    const store = await openEmbedded(folder, log, { everyMs: 200, hungMs: 8_000, retryMs: 250 })
    await store.pool.query('create table public.kept (n int)')
    const endless = store.pool.query('select count(*) from generate_series(1, 1000000000000)')
    await expect(endless).rejects.toThrow()
    const { rows } = await until('the database answers again', () =>
      store.pool.query('select n from public.kept'),
    )
    expect(rows).toEqual([])
    expect(said).toEqual(['the embedded database is started anew: it does not answer'])
    await store.close()
  })

  /** A store whose database cannot start, because a damaged folder stands where its own was, and is asked to start anew. */
  const cannotStart = async (retryMs: number) => {
    const said: string[] = []
    const ended: Error[] = []
    const log = { info() {}, warn() {}, error: (text: string) => said.push(text) }
    const watch = { everyMs: 100, hungMs: 1_000, retryMs }
    const store = await openEmbedded(folder, log, watch, reason => ended.push(reason))
    const database = join(folder, 'database')
    // loaded once before, and writing nothing, the loop needs no file of the folder
    await store.pool.query('do $$ begin end $$')
    const endless = store.pool.query('do $$ begin loop end loop; end $$')
    renameSync(database, join(folder, 'away'))
    mkdirSync(database)
    writeFileSync(join(database, 'PG_VERSION'), 'none')
    await expect(endless).rejects.toThrow()
    const failures = () => said.filter(text => text.includes('did not start again')).length
    const mend = () => {
      rmSync(database, { recursive: true })
      renameSync(join(folder, 'away'), database)
    }
    return { store, ended, failures, mend }
  }

  test('is started again and again where a first try fails, and answers when it can', async () => {
    const { store, ended, failures, mend } = await cannotStart(200)
    await until('two tries to have failed', () => failures() >= 2)
    mend()
    const { rows } = await until('the database answers again', () => store.pool.query('select 1 as one'))
    expect(rows).toEqual([{ one: 1 }])
    expect(ended).toEqual([])
    await store.close()
  })

  test('says why it ends after ten tries, and closes', async () => {
    const { store, ended, failures } = await cannotStart(1)
    await until('it to give up', () => ended.length > 0)
    expect(failures()).toBe(10)
    expect(ended.map(reason => reason.message)).toEqual([
      expect.stringMatching(/did not start in 10 tries, so Pitchbeat ends: .+/),
    ])
    await store.close()
  })

  test('leaves no socket behind', async () => {
    const sockets = () =>
      execFileSync('ls', [tmpdir()], { encoding: 'utf8' })
        .split('\n')
        .filter(name => name.startsWith(`pb-${process.pid}-`))
    const store = await openEmbedded(folder)
    expect(sockets()).toHaveLength(process.platform === 'win32' ? 0 : 1)
    await store.close()
    expect(sockets()).toEqual([])
  })
})
