import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../platform/http/index.ts'
import type { Progress, ProgressEvent } from './progress.ts'

const STILL_HERE_MS = 15_000

/** Sends the present state and everything that follows, until the page goes or the server stops. */
export function streamProgress(
  app: App,
  progress: Progress,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
  const send = (event: ProgressEvent) => raw.write(`event: progress\ndata: ${JSON.stringify(event)}\n\n`)
  send(progress.latest())
  const stopListening = progress.listen(send)
  const heartbeat = setInterval(() => raw.write(': still here\n\n'), STILL_HERE_MS)
  request.raw.once('close', () => {
    clearInterval(heartbeat)
    stopListening()
    openStreams.delete(raw)
  })
  openStreams.add(raw)
  app.log.debug('progress is being watched')
  return reply
}

const openStreams = new Set<FastifyReply['raw']>()

/** Ends every stream, so that the server can stop. */
export function endProgressStreams(): void {
  for (const stream of openStreams) stream.end()
}
