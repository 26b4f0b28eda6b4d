/** What a participant has decided, signed by their own key, and that it is about what it is said to be about. */

import {unbase64url} from './base64url.js'
import {isPublicKey} from './ed25519.js'
import {Fault} from './fault.js'
import {headerOf, readJws} from './jws.js'
import {thumbprint, verifies} from './key.js'
import {MOST, readSaid} from './statement.js'

/** @import {Form} from './form.js' */
/** @import {PublicKey} from './key.js' */
/** @import {Said} from './statement.js' */

const HASH = /^[A-Za-z0-9_-]{43}$/
export const JWS = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/
/** A signed decision with the key that it is checked with. @type {Form} */
export const SIGNED = {
  members: {
    statement: JWS,
    key: [
      {members: {kty: ['OKP'], crv: ['Ed25519'], x: HASH}},
      {members: {kty: ['EC'], crv: ['P-256'], x: HASH, y: HASH}},
    ],
  },
}

/** Whether it is a point that binds its owner. @param {PublicKey} key */
export async function binds(key) {
  if (key.crv === 'P-256') return onCurve(key)
  const raw = unbase64url(key.x)
  return raw !== null && isPublicKey(raw)
}

/** @param {PublicKey} key */
async function onCurve({x, y = ''}) {
  try {
    const jwk = {kty: 'EC', crv: 'P-256', x, y}
    await crypto.subtle.importKey('jwk', jwk, {name: 'ECDSA', namedCurve: 'P-256'}, true, [
      'verify',
    ])
    return true
  } catch (refusal) {
    console.debug('no point', refusal)
    return false
  }
}

/**
 * What the participant has signed, and that it is about this.
 * @param {{meeting: string, feature: string}} due @param {PublicKey} key @param {string} text
 * @param {'grant' | 'withdrawal'} what @returns {Promise<Said>} Throws `Fault`.
 */
export async function decided({meeting, feature}, key, text, what) {
  const jws = readJws(text, MOST)
  if (jws?.header !== headerOf(key)) throw new Fault(`${what}-malformed`)
  if (!(await verifies(key, jws.signed, jws.signature)))
    throw new Fault(`${what}-signature-invalid`)
  const said = readSaid(jws.payload)
  if (!said?.['type']?.startsWith('gatekeeper/decision/')) throw new Fault(`${what}-malformed`)
  if (said['subject'] !== (await thumbprint(key))) throw new Fault(`${what}-subject-foreign`)
  const about = [said['meeting'], said['feature'], said['decision']]
  const due = [meeting, feature, what === 'grant' ? 'granted' : 'declined']
  if (about.some((each, at) => each !== due[at])) throw new Fault(`${what}-other`)
  return said
}
