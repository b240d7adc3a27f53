import { type ChildProcess, spawn } from 'node:child_process'

/** `npm run dev`: the server restarts and the studio reloads when a file changes. Studio on :5173, the rest on :4000. */
const children: ChildProcess[] = [
  spawn(
    'npx',
    ['tsx', 'watch', '--include', 'sql/**/*.sql', '--include', 'src/**/*.sql', 'src/main.ts', 'start'],
    { stdio: 'inherit' },
  ),
  spawn('npx', ['vite'], { stdio: 'inherit' }),
]
const stop = () => {
  for (const child of children) child.kill('SIGTERM')
}
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
for (const child of children) child.on('exit', stop)
