import assert from 'node:assert/strict'
import {test} from 'node:test'
import {
  destination,
  hostLink,
  hostOf,
  invitation,
  roomOf,
  sentOf,
} from '../../../static/room/invitation.js'

const HERE = 'https://meet.example'
const ROOM = 'Vq3xAbCdEfGhIjKlMnOpQr'

test('an invitation leads to the room and says nothing else', () => {
  assert.equal(invitation(ROOM, HERE), `https://meet.example/m/${ROOM}`)
})

test('the host capability is in the fragment and nowhere else', () => {
  const link = new URL(hostLink(ROOM, 'SECRET', HERE))

  assert.equal(link.search, '')
  assert.equal(link.pathname, `/m/${ROOM}`)
  assert.equal(hostOf(link.hash), 'SECRET')
  assert.equal(hostOf(''), null)
})

test('whom a service has sent comes by a token, under a name that it proposes', () => {
  assert.deepEqual(sentOf('#entry=T0KEN&name=Ann%20B.'), {entry: 'T0KEN', name: 'Ann B.'})
  assert.deepEqual(sentOf('#entry=T0KEN'), {entry: 'T0KEN', name: ''})
  assert.equal(sentOf('#host=SECRET'), null)
})

test('a pasted link, path or bare id leads to the same room', () => {
  for (const pasted of [invitation(ROOM, HERE), ` /m/${ROOM} `, ROOM])
    assert.equal(destination(pasted, HERE), `/m/${ROOM}`)
  assert.equal(destination(hostLink(ROOM, 's', HERE), HERE), `/m/${ROOM}#host=s`)
})

test('what is no invitation to this site leads nowhere', () => {
  for (const pasted of [
    '',
    'hello',
    'https://evil.example/m/' + ROOM,
    HERE,
    'javascript:alert(1)//m/x',
  ])
    assert.equal(destination(pasted, HERE), null)
})

test('only a path of a room names a room', () => {
  assert.equal(roomOf(`/m/${ROOM}`), ROOM)
  assert.equal(roomOf(`/m/${ROOM}/`), ROOM)
  assert.equal(roomOf('/m/a'), null)
  assert.equal(roomOf('/promise'), null)
})
