// The least a collector can do: read the body, answer 204. Plain node:http.
import { createServer } from 'node:http'

const server = createServer((request, answer) => {
  const parts = []
  request.on('data', bytes => parts.push(bytes))
  request.on('end', () => {
    Buffer.concat(parts)
    answer.writeHead(204)
    answer.end()
  })
})
server.listen(Number(process.argv[2]), '127.0.0.1', () => process.stdout.write('listening\n'))
