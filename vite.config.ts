import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** Where `npm run dev` of the studio finds the rest of Pitchbeat. */
const server = 'http://localhost:4000'

const fileOf = (name: string) => fileURLToPath(new URL(`src/studio/${name}`, import.meta.url))
/** What main.tsx imports, directly or not, without what it imports only when a screen needs it. */
const first = new Set<string>()

/**
 * The code of the first screen in one file, which the page fetches beside boot.ts instead of after it: a phone opens six
 * connections at a time, and left to itself the bundler makes ten files of it.
 */
function oneFirstFile(): Plugin {
  return {
    name: 'one-first-file',
    buildEnd() {
      const add = (id: string, found: Set<string>) => {
        if (found.has(id)) return
        found.add(id)
        for (const other of this.getModuleInfo(id)?.importedIds ?? []) add(other, found)
      }
      const inBoot = new Set<string>()
      add(fileOf('boot.ts'), inBoot)
      add(fileOf('main.tsx'), first)
      // boot.ts must not wait for the file it asks questions beside
      for (const id of inBoot) first.delete(id)
    },
    transformIndexHtml(_html, { bundle = {} }) {
      const chunks = Object.values(bundle).filter(one => one.type === 'chunk')
      const main = chunks.find(one => one.moduleIds.includes(fileOf('main.tsx')))
      if (!main) return // `npm run dev` has no bundle
      const others = main.imports.filter(name => !chunks.find(one => one.fileName === name)?.isEntry)
      return [main.fileName, ...others].map(name => ({
        tag: 'link',
        attrs: { rel: 'modulepreload', crossorigin: true, href: `/studio/${name}` },
        injectTo: 'head' as const,
      }))
    },
  }
}

export default defineConfig({
  root: 'src/studio',
  base: '/studio/',
  plugins: [react(), oneFirstFile()],
  build: {
    outDir: '../../dist/studio',
    emptyOutDir: true,
    // Everything is a file of its own: the content security policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // 7 kB in all: fewer requests than a style sheet for each screen
    cssCodeSplit: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [{ name: 'first', test: (id: string) => first.has(id) }],
        },
      },
    },
    target: 'es2022',
    // light-dark() and field-sizing stay as written
    cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
  },
  server: { proxy: { '/api': server, '/p': server } },
})
