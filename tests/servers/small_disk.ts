import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A disk of its own (tmpfs) that a test can fill to the last byte. */
export interface SmallDisk {
  dir: string
  /** Writes a ballast file until nothing more fits. */
  fill(): void
  /** Takes the ballast away. */
  free(): void
  /** Unmounts it. */
  stop(): void
}

/**
 * Needs the right to mount: root, or sudo that asks nothing.
 * @throws where it may not: a full disk cannot be had otherwise
 */
export function startSmallDisk(megabytes: number): SmallDisk {
  const dir = mkdtempSync(join(tmpdir(), 'pitchbeat-disk-'))
  const asRoot = (...command: string[]) => {
    const [program = '', ...args] = process.getuid?.() === 0 ? command : ['sudo', '-n', ...command]
    execFileSync(program, args, { stdio: 'pipe' })
  }
  asRoot('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m,mode=1777`, 'tmpfs', dir)
  const ballast = join(dir, 'ballast')
  return {
    dir,
    fill() {
      const file = openSync(ballast, 'a')
      // Smaller and smaller pieces, down to a byte of the last page.
      for (let piece = Buffer.alloc(1 << 20, 1); piece.length > 0; ) {
        try {
          writeSync(file, piece)
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
          piece = piece.subarray(0, piece.length >> 1)
        }
      }
      closeSync(file)
    },
    free: () => rmSync(ballast, { force: true }),
    stop() {
      asRoot('umount', dir)
      rmdirSync(dir)
    },
  }
}
