import { progress } from '@clack/prompts'

const STEPS = 100

/** Progress of long work, on stderr: a bar in a terminal, a line each quarter elsewhere. */
export function progressBar(title: string): { to(share: number): void; done(sentence: string): void } {
  let shown = 0
  if (!process.stderr.isTTY) {
    process.stderr.write(`${title}\n`)
    return {
      to(share) {
        for (; shown < Math.floor(share * 4); shown++) process.stderr.write(`  ${(shown + 1) * 25} %\n`)
      },
      done: sentence => void process.stderr.write(`${sentence}\n`),
    }
  }
  const bar = progress({ max: STEPS, output: process.stderr })
  bar.start(title)
  return {
    to(share) {
      const step = Math.floor(Math.min(1, share) * STEPS)
      if (step > shown) bar.advance(step - shown)
      shown = Math.max(shown, step)
    },
    done: sentence => bar.stop(sentence),
  }
}
