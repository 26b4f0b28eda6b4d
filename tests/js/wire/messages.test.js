import assert from 'node:assert/strict'
import {readFileSync} from 'node:fs'
import {test} from 'node:test'

import {read} from '../../../static/wire/messages.js'

const examples = JSON.parse(
  readFileSync(new URL('../../wire/messages.json', import.meta.url), 'utf8'),
)

for (const message of examples.server)
  test(`a ${message.type} of the server is read as it was written`, () => {
    assert.deepEqual(read(JSON.stringify(message)), message)
  })

for (const message of examples.server)
  for (const field of Object.keys(message).filter(name => name !== 'type'))
    test(`a ${message.type} whose ${field} is of another type is passed over`, () => {
      assert.equal(read(JSON.stringify({...message, [field]: {}})), null)
    })

test('what is no message is passed over', () => {
  for (const frame of ['', '{', 'null', '[]', '1', '{"type":"toString"}', '{"type":"new-word"}'])
    assert.equal(read(frame), null)
  assert.equal(read(new Uint8Array(1)), null)
})

test('a message of ours is none of the server', () => {
  for (const {type, ...rest} of examples.client)
    assert.equal(read(JSON.stringify({type, ...rest})), null)
})

test('a key that this client does not know does no harm', () => {
  assert.deepEqual(read('{"type":"pong","load":1}'), {type: 'pong', load: 1})
})
