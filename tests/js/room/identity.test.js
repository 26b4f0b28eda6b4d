import assert from 'node:assert/strict'
import {test} from 'node:test'

import {MemoryKeyStore} from '../fakes.js'
import {canonical} from '../../../static/proof/canonical.js'
import {Identity} from '../../../static/room/identity.js'

const ROOM = 'r00m'
const CHOICE = {
  feature: 'recording',
  decision: 'granted',
  life: 'l1',
  notice: 'digest',
  language: 'en',
}

const parts = statement => {
  const [header, payload, signature] = statement.split('.')
  const decode = part => Buffer.from(part, 'base64url')
  return {
    header: decode(header).toString(),
    payload: decode(payload).toString(),
    signature: decode(signature),
    signed: Buffer.from(`${header}.${payload}`),
  }
}

async function verifies(statement, {y, ...key}) {
  const edwards = key.crv === 'Ed25519'
  const algorithm = edwards
    ? {name: 'Ed25519'}
    : {name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256'}
  const jwk = y ? {...key, y} : key
  const imported = await crypto.subtle.importKey('jwk', jwk, algorithm, true, ['verify'])
  const {signature, signed} = parts(statement)
  return crypto.subtle.verify(algorithm, imported, signature, signed)
}

/** WebCrypto as in a browser that has no Ed25519. */
async function withoutEdwards(act) {
  const {generateKey} = crypto.subtle
  crypto.subtle.generateKey = (algorithm, ...rest) =>
    algorithm.name === 'Ed25519'
      ? Promise.reject(new DOMException('no', 'NotSupportedError'))
      : generateKey.call(crypto.subtle, algorithm, ...rest)
  try {
    return await act()
  } finally {
    delete crypto.subtle.generateKey
  }
}

test('a join statement says whose, where and which challenge, and verifies', async () => {
  const identity = await Identity.in(ROOM, new MemoryKeyStore())
  const proof = await identity.prove('chal')
  const {header, payload} = parts(proof)

  assert.equal(header, '{"alg":"Ed25519"}')
  assert.equal(
    payload,
    `{"challenge":"chal","meeting":"r00m","subject":"${identity.id}","type":"gatekeeper/join/v1"}`,
  )
  assert.ok(await verifies(proof, identity.key))
})

test('a decision statement says all that it rests on, and verifies', async () => {
  const identity = await Identity.in(ROOM, new MemoryKeyStore())
  const statement = await identity.decide(CHOICE)
  const said = JSON.parse(parts(statement).payload)

  assert.equal(Buffer.from(said.nonce, 'base64url').length, 16)
  assert.deepEqual(said, {
    type: 'gatekeeper/decision/v3',
    meeting: ROOM,
    subject: identity.id,
    ...CHOICE,
    nonce: said.nonce,
  })
  assert.equal(canonical(said), parts(statement).payload)
  assert.ok(await verifies(statement, identity.key))
})

test('no two statements are alike', async () => {
  const identity = await Identity.in(ROOM, new MemoryKeyStore())

  assert.notEqual(await identity.decide(CHOICE), await identity.decide(CHOICE))
})

test('the private key cannot be exported', async () => {
  const store = new MemoryKeyStore()
  await Identity.in(ROOM, store)
  const {privateKey} = await store.load(ROOM)

  assert.equal(privateKey.extractable, false)
  await assert.rejects(crypto.subtle.exportKey('jwk', privateKey))
})

test('a reload comes back as the same person, another room is another person', async () => {
  const store = new MemoryKeyStore()
  const first = await Identity.in(ROOM, store)

  assert.equal((await Identity.in(ROOM, store)).id, first.id)
  assert.notEqual((await Identity.in('other', store)).id, first.id)
})

test('without Ed25519 it is P-256, and verifies as ES256', async () => {
  const identity = await withoutEdwards(() => Identity.in(ROOM, new MemoryKeyStore()))
  const statement = await identity.decide(CHOICE)

  assert.deepEqual(Object.keys(identity.key), ['kty', 'crv', 'x', 'y'])
  assert.equal(parts(statement).header, '{"alg":"ES256"}')
  assert.equal(parts(statement).signature.length, 64)
  assert.ok(await verifies(statement, identity.key))
})

test('where keys cannot be kept one can still meet', async () => {
  const store = {
    load: () => Promise.reject(new DOMException('private window', 'InvalidStateError')),
    save: () => Promise.reject(new DOMException('private window', 'InvalidStateError')),
  }

  assert.equal((await Identity.in(ROOM, store)).id.length, 43)
})
