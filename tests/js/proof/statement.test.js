import assert from 'node:assert/strict'
import {readFileSync} from 'node:fs'
import {test} from 'node:test'

import {base64url, bytes, unbase64url} from '../../../static/proof/base64url.js'
import {canonical} from '../../../static/proof/canonical.js'
import {readJws, verifyJws} from '../../../static/proof/jws.js'
import {readKey, thumbprint, verifies} from '../../../static/proof/key.js'
import {DECISION, FINGERPRINTS, verifyStatement} from '../../../static/proof/statement.js'
import {signer} from './signer.js'

const FILE = new URL('../../evidence/vectors.json', import.meta.url)
const VECTORS = JSON.parse(readFileSync(FILE, 'utf8'))

/** @param {Record<string, string>} [changed] */
const decision = (who, changed = {}) => ({
  type: DECISION,
  meeting: 'r00m',
  subject: who.id,
  feature: 'recording',
  decision: 'granted',
  notice: 'n'.repeat(43),
  language: 'en',
  life: 'l1',
  nonce: 'o'.repeat(22),
  ...changed,
})

/** WebCrypto as in a browser that has no Ed25519. */
async function withoutEdwards(act) {
  const {importKey} = crypto.subtle
  crypto.subtle.importKey = (format, raw, algorithm, ...rest) =>
    algorithm === 'Ed25519'
      ? Promise.reject(new DOMException('no', 'NotSupportedError'))
      : importKey.call(crypto.subtle, format, raw, algorithm, ...rest)
  try {
    return await act()
  } finally {
    delete crypto.subtle.importKey
  }
}

test('base64url is without padding, and has one spelling', () => {
  assert.equal(base64url(new Uint8Array([251, 255, 254, 0])), '-__-AA')
  assert.deepEqual(unbase64url('-__-AA'), new Uint8Array([251, 255, 254, 0]))
  for (const other of ['-__-AB', '-__-AA==', '+//+AA', '-__-A', '-__-\nAA', 'é'])
    assert.equal(unbase64url(other), null)
})

test('canonical JSON has sorted keys, no spaces and JSON’s own escapes', () => {
  assert.equal(canonical({b: 'ü"\n', a: '€', ä: ''}), '{"a":"€","b":"ü\\"\\n","ä":""}')
  assert.equal(
    canonical({z: [1, 1e21, -0, null, true], a: {}}),
    '{"a":{},"z":[1,1e+21,0,null,true]}',
  )
  for (const none of [undefined, NaN, Infinity, 1n, () => {}, '\ud800', {'\udc00': 1}])
    assert.throws(() => canonical(none), TypeError)
})

test('a participant’s id is the RFC 7638 thumbprint: the example of RFC 8037, A.3', async () => {
  const x = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo'

  assert.equal(
    await thumbprint({kty: 'OKP', crv: 'Ed25519', x}),
    'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
  )
})

test('a key has just the members that its thumbprint covers', () => {
  const x = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo'
  const good = {kty: 'OKP', crv: 'Ed25519', x}
  assert.deepEqual(readKey(good), good)
  for (const bad of [
    null,
    'key',
    {},
    {...good, d: x},
    {...good, y: x},
    {...good, kty: 'EC'},
    {...good, x: `${x}A`},
    {...good, x: `${x.slice(0, 42)}p`},
    {kty: 'EC', crv: 'P-256', x},
    {kty: 'EC', crv: 'secp256k1', x, y: x},
  ])
    assert.equal(readKey(bad), null)
})

test('what browsers have signed, in every version, is understood here as by the server', async () => {
  const types = await Promise.all(
    VECTORS.map(async ({jwk, granted, declined, subject}) => {
      const yes = await verifyStatement(granted, readKey(jwk))
      const no = await verifyStatement(declined, readKey(jwk))
      assert.deepEqual([yes.subject, yes.decision, no.decision], [subject, 'granted', 'declined'])
      return yes.type
    }),
  )

  assert.deepEqual(
    [...new Set(types)].map(type => type.slice(-2)),
    ['v1', 'v2', 'v3'],
  )
})

test('a browser without Ed25519 understands the same', async () => {
  await withoutEdwards(async () => {
    for (const {jwk, granted} of VECTORS) {
      assert.ok(await verifyStatement(granted, readKey(jwk)))
      const [header, payload, signature] = granted.split('.')
      const other = `${signature[0] === 'A' ? 'B' : 'A'}${signature.slice(1)}`
      assert.equal(await verifyStatement(`${header}.${payload}.${other}`, readKey(jwk)), null)
    }
  })
})

test('no character of a statement can be changed', async () => {
  for (const {jwk, granted} of VECTORS.slice(-2)) {
    const key = readKey(jwk)
    for (let place = 0; place < granted.length; place += 1) {
      const other = granted[place] === 'A' ? 'B' : 'A'
      const changed = granted.slice(0, place) + other + granted.slice(place + 1)
      assert.equal(await verifyStatement(changed, key), null, `character ${place}`)
    }
    assert.equal(await verifyStatement(`${granted}.`, key), null)
    assert.equal(await verifyStatement(`${granted}=`, key), null)
    assert.equal(await verifyStatement(` ${granted}`, key), null)
  }
})

for (const kind of ['Ed25519', 'P-256'])
  test(`a statement by ${kind} says what it must and nothing more`, async () => {
    const who = await signer(kind)
    const said = decision(who)
    assert.deepEqual(await verifyStatement(await who.sign(said), who.key), said)

    const {nonce: _, ...short} = said
    for (const other of [
      short,
      {...said, at: '2026-11-22T11:59:58Z'},
      {...said, name: 'Ann'},
      {...said, type: 'gatekeeper/decision/v4'},
      {...said, type: 'constructor'},
      {...said, decision: 'maybe'},
      {...said, notice: 'short'},
      {...said, subject: 'A'.repeat(43)},
      {...said, life: ''},
      {...said, language: 'not a language'},
      {...said, feature: 7},
      [],
      null,
    ])
      assert.equal(await verifyStatement(await who.sign(other), who.key), null)
  })

test('another spelling of the same is refused', async () => {
  const who = await signer('Ed25519')
  const spelled = canonical(decision(who))
  for (const other of [
    ` ${spelled}`,
    spelled.replace('"decision":', '"decision": '),
    spelled.replace('granted', 'gr\\u0061nted'),
    `\ufeff${spelled}`,
    spelled.replace('{', '{"decision":"declined",'),
  ])
    assert.equal(await verifyStatement(await who.signBytes(bytes(other)), who.key), null)
})

test('the header says the algorithm of the key and nothing else', async () => {
  const [ed, p256] = [await signer('Ed25519'), await signer('P-256')]
  const payload = base64url(bytes(canonical(decision(ed))))
  for (const header of [
    {alg: 'none'},
    {alg: 'EdDSA'},
    {alg: 'ES256'},
    {alg: 'Ed25519', typ: 'JWT'},
    {alg: 'Ed25519', b64: false, crit: ['b64']},
    {alg: 'Ed25519', jwk: ed.key},
  ]) {
    const body = `${base64url(bytes(JSON.stringify(header)))}.${payload}`
    const compact = `${body}.${base64url(await ed.raw(bytes(body)))}`
    assert.equal(await verifyJws(compact, ed.key, 2048), null)
    assert.equal(await verifyJws(`${body}.`, ed.key, 2048), null)
  }
  assert.equal(await verifyJws(await p256.sign(decision(ed)), ed.key, 2048), null)
  assert.equal(await verifyJws(await ed.sign(decision(ed)), p256.key, 2048), null)
})

test('nothing that is too long is looked at', async () => {
  const who = await signer('Ed25519')
  const compact = await who.sign(decision(who))

  assert.ok(readJws(compact, compact.length))
  assert.equal(readJws(compact, compact.length - 1), null)
})

test('a key that is no point of P-256 verifies nothing', async () => {
  const x = 'A'.repeat(43)

  assert.equal(
    await verifies({kty: 'EC', crv: 'P-256', x, y: x}, bytes('a'), new Uint8Array(64)),
    false,
  )
})

test('fingerprints are said in one form', async () => {
  const who = await signer('Ed25519')
  const one = `sha-256 ${Array(32).fill('0A').join(':')}`
  const said = {
    type: FINGERPRINTS,
    meeting: 'r00m',
    subject: who.id,
    addressee: 'a'.repeat(43),
    fingerprints: one,
  }
  const verified = async fingerprints =>
    (await verifyStatement(await who.sign({...said, fingerprints}), who.key)) !== null

  assert.ok(await verified(one))
  assert.ok(await verified(`${one}, ${one.replace('0A', '0B')}`))
  for (const other of [
    '',
    one.toLowerCase(),
    one.slice(0, -3),
    `${one},${one}`,
    `md5 ${one.slice(8)}`,
  ])
    assert.equal(await verified(other), false)
})
