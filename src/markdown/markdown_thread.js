// Renders one text after another, so that a text made to be slow holds up nobody else.
import { parentPort } from 'node:worker_threads'
import { renderMarkdown } from './markdown.js'

parentPort?.on('message', text => parentPort?.postMessage({ html: renderMarkdown(text) }))
parentPort?.postMessage({ ready: true })
