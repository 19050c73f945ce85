import assert from 'node:assert/strict'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { it } from 'node:test'
import { pino } from 'pino'
import { z } from 'zod'
import { TEST_CITY, testDatabase } from '../../../../../test/database.ts'
import { createAuth } from '../auth/index.ts'
import { type App, createHttp, route } from './index.ts'

const request = (path: string) => `GET ${path} HTTP/1.1\r\nhost: localhost\r\naccept-language: en\r\n\r\n`

for (const late of ['/api/v1/probe/slow', '/api/v1/nowhere']) {
  it(`finishes the request in hand and answers ${late}, which comes after it while stopping, with a problem document`, async () => {
    const inHand = Promise.withResolvers<void>()
    const mayFinish = Promise.withResolvers<void>()
    const stopping = Promise.withResolvers<void>()
    let handled = 0
    const probe = (app: App) => {
      app.http.addHook('preClose', async () => stopping.resolve())
      route(app, {
        method: 'GET',
        url: '/api/v1/probe/slow',
        permission: 'public',
        summary: 'Takes its time',
        response: z.object({ handled: z.number() }),
        handler: async () => {
          handled++
          inHand.resolve()
          await mayFinish.promise
          return { handled }
        },
      })
    }
    const database = await testDatabase()
    const http = await createHttp({
      database,
      auth: createAuth(database, 'a secret for tests that is long enough'),
      city: { ...TEST_CITY, folder: '' },
      log: pino({ level: 'silent' }),
      demonstration: false,
      routes: [probe],
    })
    await http.listen({ host: '127.0.0.1', port: 0 })
    const socket = connect((http.server.address() as AddressInfo).port, '127.0.0.1')
    const answers = text(socket)
    socket.write(request('/api/v1/probe/slow'))
    await inHand.promise

    const closed = http.close()
    await stopping.promise
    http.server.once('request', () => mayFinish.resolve())
    socket.write(request(late))
    const [, first = '', second = ''] = (await answers).split('HTTP/1.1 ')
    await closed

    assert.match(first, /^200 /)
    assert.match(second, /^503 /)
    assert.match(second, /content-type: application\/problem\+json/i)
    assert.match(second, /connection: close/i)
    assert.match(second, /"code":"server\.stopping".*The platform is stopping/)
    assert.equal(handled, 1)
  })
}
