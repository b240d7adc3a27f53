import { createHash } from 'node:crypto'
import { readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'

/** The folder is in use. The message is for the person who started the second one. */
export class FolderInUse extends Error {}

/**
 * Takes a folder for this process alone: two processes can open one PGlite folder, and then rows are lost.
 * @param folder exists already
 * @returns releases it
 * @throws FolderInUse where another process holds it
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = realpathSync(folder)
  const inUse = () =>
    new FolderInUse(
      `Another Pitchbeat is running on the folder ${path}. Stop it first, or choose another DATA_DIR.`,
    )
  return process.platform === 'linux' ? lockBySocket(path, inUse) : lockByFile(path, inUse)
}

/** An abstract socket has no file: the kernel takes it back even after kill −9, so a lock is never stale. */
async function lockBySocket(path: string, inUse: () => Error): Promise<() => Promise<void>> {
  const name = createHash('sha256').update(path).digest('hex').slice(0, 32)
  const server = createServer(socket => socket.destroy())
  await new Promise<void>((resolve, reject) => {
    server.once('error', error =>
      reject((error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? inUse() : error),
    )
    server.listen({ path: `\0pitchbeat-${name}` }, resolve)
  })
  server.unref()
  return () => new Promise(resolve => server.close(() => resolve()))
}

/** A file with our process id. One that names a dead process is left over from a crash. */
async function lockByFile(path: string, inUse: () => Error): Promise<() => Promise<void>> {
  const file = join(path, 'pitchbeat.lock')
  for (const lastTry of [false, true]) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' })
      return async () => rmSync(file, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      if (lastTry || isAlive(Number(readFileSync(file, 'utf8')))) throw inUse()
      rmSync(file, { force: true })
    }
  }
  throw inUse()
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
