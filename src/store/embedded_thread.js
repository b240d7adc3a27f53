// The embedded database's own thread: PGlite behind a socket, so that a query never blocks the HTTP server.
// Plain JavaScript, loaded from this folder in every mode: Node cannot start a worker thread from TypeScript.
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'

const { dataDir, listen } = workerData
const settings = {
  // 190 MB of memory instead of 340
  shared_buffers: '16MB',
  // PGlite makes no checkpoint of its own accord; maintain() does, and this keeps what it recycles small
  max_wal_size: '256MB',
  // compiling a query costs more than it saves on one connection
  jit: 'off',
}

const db = await PGlite.create({
  dataDir,
  startParams: [
    ...PGlite.defaultStartParams,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ],
})
// There is one client at a time, the pool's: with two, statements with large parameters were interleaved
// (electric-sql/pglite#1046). The room for more lets a new connection in before the old one is quite gone.
const server = new PGLiteSocketServer({ db, maxConnections: 8, ...listen })
await server.start()

parentPort.on('message', async message => {
  if (message !== 'close') return
  await server.stop()
  await db.close()
  parentPort.postMessage('closed')
})
parentPort.postMessage({ address: server.getServerConn() })
