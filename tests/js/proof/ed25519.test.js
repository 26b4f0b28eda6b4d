import assert from 'node:assert/strict'
import {test} from 'node:test'

import {isPublicKey, verifyEd25519} from '../../../static/proof/ed25519.js'

/** RFC 8032, section 7.1: tests 1, 2, 3 and SHA(abc). */
const VECTORS = [
  {
    key: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    message: '',
    signature:
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  },
  {
    key: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '72',
    signature:
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  },
  {
    key: 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    message: 'af82',
    signature:
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  },
  {
    key: 'ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf',
    message:
      'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
    signature:
      'dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704',
  },
]
const P = 2n ** 255n - 19n
const L = 2n ** 252n + 27742317777372353535851937790883648493n
const OF_ORDER_EIGHT = 2707385501144840649318225287225658788936804267575313519463743609750303402022n
/** Every y whose point has an order of at most eight. */
const SMALL = [0n, 1n, P - 1n, OF_ORDER_EIGHT, P - OF_ORDER_EIGHT]

const hex = text => Uint8Array.from(Buffer.from(text, 'hex'))
const little = value => hex(value.toString(16).padStart(64, '0')).reverse()
const encoded = (y, sign = 0n) => little(y | (sign << 255n))
const number = raw => BigInt(`0x${Buffer.from(raw).reverse().toString('hex')}`)
const read = ({key, message, signature}) => [hex(key), hex(message), hex(signature)]

test('signatures of RFC 8032 hold, and no other than those', async () => {
  for (const vector of VECTORS) {
    const [key, message, signature] = read(vector)
    assert.ok(await verifyEd25519(key, message, signature))
    for (let byte = 0; byte < 64; byte += 7) {
      const changed = Uint8Array.from(signature)
      changed[byte] ^= 1
      assert.ok(!(await verifyEd25519(key, message, changed)), `byte ${byte}`)
    }
    assert.ok(!(await verifyEd25519(key, Uint8Array.of(...message, 0), signature)))
    assert.ok(!(await verifyEd25519(key, message, signature.slice(0, 63))))
    assert.ok(!(await verifyEd25519(key.slice(0, 31), message, signature)))
  }
  const [key] = read(VECTORS[0])
  const [, message, signature] = read(VECTORS[1])
  assert.ok(!(await verifyEd25519(key, message, signature)))
})

test('what WebCrypto signs holds', async () => {
  for (let turn = 0; turn < 5; turn += 1) {
    const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])
    const key = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
    const message = crypto.getRandomValues(new Uint8Array(turn * 50))
    const signed = await crypto.subtle.sign('Ed25519', pair.privateKey, message)

    assert.ok(isPublicKey(key))
    assert.ok(await verifyEd25519(key, message, new Uint8Array(signed)))
  }
})

test('a signature has one spelling: S is below the order of the group', async () => {
  const [key, message, signature] = read(VECTORS[1])
  const again = Uint8Array.of(...signature.slice(0, 32), ...little(number(signature.slice(32)) + L))

  assert.ok(!(await verifyEd25519(key, message, again)))
})

test('a point of small order is no key: it would hold for many messages', async () => {
  for (const y of SMALL)
    for (const sign of [0n, 1n]) {
      assert.ok(!isPublicKey(encoded(y, sign)))
      // With the identity as R and S = 0, [S]B = R + [k]A wherever [k]A is the identity.
      const forged = Uint8Array.of(...encoded(1n), ...new Uint8Array(32))
      assert.ok(!(await verifyEd25519(encoded(y, sign), hex('00'), forged)))
    }
})

test('a key that is not canonical, off the curve or no 32 bytes is none', () => {
  for (let y = P; y < 2n ** 255n; y += 1n)
    for (const sign of [0n, 1n]) assert.ok(!isPublicKey(encoded(y, sign)))
  assert.ok(!isPublicKey(encoded(2n)))
  assert.ok(!isPublicKey(hex('')))
  assert.ok(!isPublicKey(hex(`${VECTORS[0].key}00`)))
})
