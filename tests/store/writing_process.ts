import { openEmbedded } from '../../src/store/embedded.ts'

// Writes row after row and says so, until it is killed.
const store = await openEmbedded(process.argv[2]!)
await store.pool.query('create table public.kept (n int primary key)')
for (let n = 0; ; n++) {
  await store.pool.query('insert into public.kept values ($1)', [n])
  console.log(n)
}
