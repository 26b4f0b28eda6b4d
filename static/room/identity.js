/**
 * Who one is in a meeting: a key made here, and the statements signed with it.
 *
 * Rule 1: the private key cannot be exported; nobody can grant for somebody else.
 * Rule 2: a statement is a compact JWS (RFC 7515) over canonical JSON (RFC 8785).
 * Rule 3: the participant's id is the key's RFC 7638 thumbprint.
 */

import {BrowserKeyStore} from '../browser/store.js'
import {base64url, bytes} from '../proof/base64url.js'
import {canonical} from '../proof/canonical.js'
import {headerOf} from '../proof/jws.js'
import {readKey, thumbprint} from '../proof/key.js'
import {DECISION, FINGERPRINTS} from '../proof/statement.js'

/** @import {PublicKey} from '../proof/key.js' */
/** @import {Decision} from '../wire/messages.js' */
/** @import {KeyStore} from '../browser/store.js' */

/** @typedef {{feature: string, decision: Decision, life: string, notice: string, language: string}} Choice */

/** P-256 serves where a browser has no Ed25519 yet (Chromium before 137). */
const ED25519 = {name: 'Ed25519'}
const P256 = {name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256'}

export class Identity {
  #room
  #pair
  #key
  #id

  /**
   * @param {string} room @param {CryptoKeyPair} pair
   * @param {PublicKey} key @param {string} id
   */
  constructor(room, pair, key, id) {
    this.#room = room
    this.#pair = pair
    this.#key = key
    this.#id = id
  }

  /**
   * The identity in this room that this browser has already, or a new one.
   * @param {string} room @param {KeyStore} [store] @returns {Promise<Identity>}
   */
  static async in(room, store = new BrowserKeyStore()) {
    const pair = (await kept(store, room)) ?? (await made(store, room))
    const key = publicKey(await crypto.subtle.exportKey('jwk', pair.publicKey))
    return new Identity(room, pair, key, await thumbprint(key))
  }

  /** The participant id. */
  get id() {
    return this.#id
  }

  get key() {
    return this.#key
  }

  /** @param {string} challenge  of the server's `hello` */
  prove(challenge) {
    const subject = this.#id
    return this.#sign({type: 'gatekeeper/join/v1', meeting: this.#room, subject, challenge})
  }

  /** @param {Choice} choice  `life` is of the server's `hello`, `notice` the
   *   digest of the wording that was shown */
  decide({feature, decision, life, notice, language}) {
    const nonce = base64url(crypto.getRandomValues(new Uint8Array(16)))
    const about = {meeting: this.#room, subject: this.#id, feature, decision, notice, language}
    return this.#sign({type: DECISION, ...about, life, nonce})
  }

  /** For the certificates of a connection. @param {string} addressee @param {string} fingerprints */
  vouch(addressee, fingerprints) {
    const between = {meeting: this.#room, subject: this.#id, addressee}
    return this.#sign({type: FINGERPRINTS, ...between, fingerprints})
  }

  /** @param {Readonly<Record<string, string>>} statement @returns {Promise<string>} */
  async #sign(statement) {
    const body = `${headerOf(this.#key)}.${base64url(bytes(canonical(statement)))}`
    const algorithm = this.#key.crv === 'Ed25519' ? ED25519 : P256
    const signature = await crypto.subtle.sign(algorithm, this.#pair.privateKey, bytes(body))
    return `${body}.${base64url(new Uint8Array(signature))}`
  }
}

/** @param {JsonWebKey} jwk @returns {PublicKey} */
function publicKey({kty, crv, x, y}) {
  const key = readKey(y === undefined ? {kty, crv, x} : {kty, crv, x, y})
  if (!key) throw new TypeError(`not a key of ours: ${kty} ${crv}`)
  return key
}

/** @param {KeyStore} store @param {string} room */
async function kept(store, room) {
  try {
    return await store.load(room)
  } catch (refusal) {
    console.debug('no key store', refusal) // private windows may have none
    return null
  }
}

/** @param {KeyStore} store @param {string} room */
async function made(store, room) {
  const pair = await generate()
  try {
    await store.save(room, pair)
  } catch (refusal) {
    console.debug('key not kept', refusal) // a reload then comes back as somebody new
  }
  return pair
}

/** @returns {Promise<CryptoKeyPair>} */
async function generate() {
  for (const algorithm of [ED25519, P256]) {
    const pair = await crypto.subtle
      .generateKey(algorithm, false, ['sign', 'verify'])
      .catch(unsupported)
    if (pair && 'privateKey' in pair) return pair
  }
  throw new TypeError('this browser can make neither an Ed25519 nor a P-256 key')
}

/** @param {unknown} reason @returns {null} */
function unsupported(reason) {
  if (reason instanceof DOMException && reason.name === 'NotSupportedError') return null
  throw reason
}
