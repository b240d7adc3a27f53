import { readFileSync } from 'node:fs'

/** Resident memory of a process, MB. */
export function residentMb(pid: number): number {
  const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(line?.[1] ?? 0) / 1024
}

/** Watches the most a process holds, until stopped. */
export function watchMemory(pid: number): () => number {
  let most = residentMb(pid)
  const timer = setInterval(() => {
    most = Math.max(most, residentMb(pid))
  }, 100)
  return () => {
    clearInterval(timer)
    return most
  }
}
