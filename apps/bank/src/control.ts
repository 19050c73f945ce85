import Fastify, { type FastifyInstance } from 'fastify'
import { isDate } from './calendar.ts'
import type { Player } from './player.ts'
import type { Treasury } from './treasury.ts'

export interface Controlled {
  readonly player: Player
  readonly treasury: Treasury
}

/**
 * The small door for a demonstration, on the loopback address only: what has been played, play on, pay.
 *
 *     GET  /status                            → {played_through, idle, messages, unexpected_refusals, refusals, treasury}
 *     POST /play {"through": "2022-09-21"}    → the same, once everything up to the day has been answered
 *     POST /settle                            → {batches, paid, rejected} of the payment batches answered now
 *
 * @param port 0: any that is free
 */
export async function serveControl(port: number, { player, treasury }: Controlled): Promise<FastifyInstance> {
  const server = Fastify({ bodyLimit: 4096 })
  const status = () => ({ ...player.played(), idle: player.idle, treasury: treasury.settled() })
  server.get('/status', () => status())
  server.post<{ Body: { through?: unknown } | null }>('/play', async (request, reply) => {
    const through = request.body?.through
    if (typeof through !== 'string' || !isDate(through)) {
      return reply.code(400).send({ code: 'control.no-date', detail: 'say {"through": "2022-09-21"}' })
    }
    await player.playThrough(through)
    return status()
  })
  server.post('/settle', () => treasury.settle())
  await server.listen({ host: '127.0.0.1', port })
  return server
}
