import { connect, type Socket } from 'node:net'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'

/** Requests written out beforehand, sent over kept connections, one at a time on each: as fast as answers come. */
export interface Load {
  readonly port: number
  readonly connections: number
  readonly requests: readonly Uint8Array[]
}

export interface LoadResult {
  readonly seconds: number
  /** Answers by status. */
  readonly statuses: Record<string, number>
}

/** Runs a load in a thread of its own, so that its work is not the server's. */
export function runLoad(load: Load): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(import.meta.filename, { workerData: load })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}

if (!isMainThread) parentPort?.postMessage(await send(workerData as Load))

async function send({ port, connections, requests }: Load): Promise<LoadResult> {
  const statuses: Record<string, number> = {}
  let next = 0
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)))
  const started = performance.now()
  await Promise.all(
    sockets.map(async socket => {
      for (let request = requests[next++]; request; request = requests[next++]) {
        const status = await ask(socket, request)
        statuses[status] = (statuses[status] ?? 0) + 1
      }
    }),
  )
  const seconds = (performance.now() - started) / 1000
  for (const socket of sockets) socket.destroy()
  return { seconds, statuses }
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket))
    socket.once('error', reject)
  })
}

/** Sends a request and waits for the whole answer, which must say its length. */
function ask(socket: Socket, request: Uint8Array): Promise<string> {
  return new Promise(resolve => {
    let text = ''
    const take = (chunk: Buffer) => {
      text += chunk.toString('latin1')
      const end = text.indexOf('\r\n\r\n')
      if (end === -1) return
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1] ?? Number.NaN)
      if (Number.isNaN(length)) throw new Error(`An answer without a length: ${text.slice(0, end)}`)
      if (text.length < end + 4 + length) return
      socket.off('data', take)
      resolve(text.slice(9, 12))
    }
    socket.on('data', take)
    socket.write(request)
  })
}

/** A POST as it goes over the wire. */
export function post(port: number, url: string, body: string, headers: Record<string, string>): Buffer {
  const all = {
    host: `127.0.0.1:${port}`,
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  }
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  return Buffer.from(`POST ${url} HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n${body}`)
}
