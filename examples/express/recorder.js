/** A recorder behind Express: it keeps a stream of PCM while everybody in the room agrees. */
import {randomUUID} from 'node:crypto'
import {on} from 'node:events'
import {open} from 'node:fs/promises'

import express from 'express'
import {ConsentRequired, Gate, GateError, PermitEnded} from 'gatekeeper-client'

const {GATE_URL, GATE_KEY, PORT = '8083'} = process.env
const gate = new Gate(GATE_URL, GATE_KEY)
const app = express()

app.post('/rooms', async (_, response) => {
  const room = await gate.openRoom({title: 'A recording', language: 'en', features: ['sound']})
  response.status(201).json({room: room.id})
})

/** One more person is asked, at an address that opens once. */
app.post('/rooms/:room/people', async ({params: {room}}, response) => {
  const entry = await gate.room(room).entry(randomUUID())
  response.status(201).json({consent: `${GATE_URL}/m/${room}#entry=${entry}`})
})

app.post('/rooms/:room/recording', async (request, response) => {
  const name = `${randomUUID()}.pcm`
  await gate.room(request.params.room).withPermit('sound', async permit => {
    const file = await open(name, 'wx')
    try {
      await keep(request, file, permit)
    } finally {
      await file.close()
    }
  })
  response.status(201).json({file: name})
})

/** Write what comes, until it ends; throws once the permit is over, in the middle if need be. */
async function keep(request, file, permit) {
  // Unlike a pipeline, this leaves the request whole, so that it can be answered.
  const {signal} = permit
  const parts = on(request, 'data', {signal, close: ['end'], highWaterMark: 16, lowWaterMark: 4})
  for await (const [part] of parts) {
    permit.check()
    await file.appendFile(part)
  }
}

app.use((fault, _, response, next) => {
  if (!(fault instanceof GateError)) return next(fault)
  const agreed = !(fault instanceof ConsentRequired || fault instanceof PermitEnded)
  const gone = `The gate cannot be asked now: ${fault.message}`
  const detail = agreed ? gone : 'Not everybody has agreed.'
  // What is still being sent is not read any more.
  response.set('Connection', 'close')
  response.status(agreed ? 503 : 409).json({code: fault.code, detail})
})

const server = app.listen(Number(PORT), '127.0.0.1', () =>
  console.log(`http://127.0.0.1:${server.address().port}`),
)
