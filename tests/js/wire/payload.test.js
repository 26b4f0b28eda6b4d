import assert from 'node:assert/strict'
import {test} from 'node:test'

import {readPayload, writePayload} from '../../../static/wire/payload.js'

const offer = {
  kind: 'description',
  generation: 'g',
  description: {type: 'offer', sdp: 'v=0'},
  sources: {0: 'microphone', 1: 'camera'},
  vouch: {statement: 'a.b.c', key: {kty: 'OKP'}},
}
const candidate = {candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'u'}
const candidates = {kind: 'candidates', generation: 'g', candidates: [candidate]}
const restart = {kind: 'restart', generation: ''}
const distrust = {kind: 'distrust', generation: 'g'}
const wants = {kind: 'wants', generation: 'g', heights: {camera: 90, screen: 0}}

test('what is written is read', () => {
  for (const payload of [offer, candidates, restart, distrust, wants])
    assert.deepEqual(readPayload(writePayload(payload)), payload)
})

test('what another participant makes up is none', () => {
  const made_up = [
    null,
    [],
    'offer',
    {},
    {kind: 'constructor', generation: 'g'},
    {...offer, generation: 1},
    {...offer, description: {type: 'rollback', sdp: ''}},
    {...offer, description: {type: 'offer'}},
    {...offer, description: null},
    {...offer, sources: {0: 'desktop'}},
    {...offer, sources: ['camera']},
    {...offer, sources: Object.fromEntries(Array.from({length: 17}, (_, n) => [n, 'camera']))},
    {...candidates, candidates: [{candidate: 1}]},
    {...candidates, candidates: Array(65).fill(candidate)},
    {...candidates, candidates: {}},
    {kind: 'restart'},
    {...offer, vouch: undefined},
    {...offer, vouch: {statement: 'a.b.c', key: 'k'}},
    {...offer, vouch: {statement: 1, key: {}}},
    {kind: 'wants', heights: {}},
    {...wants, heights: 90},
    {...wants, heights: {camera: 91}},
    {...wants, heights: {camera: -1}},
    {...wants, heights: {camera: 1e9}},
    {...wants, heights: {camera: '90'}},
    {...wants, heights: {camera: null}},
  ]
  for (const payload of made_up) assert.equal(readPayload(JSON.stringify(payload)), null)
  assert.equal(readPayload('{'), null)
})

test('nothing longer than the relay takes is read or written', () => {
  const long = {...offer, description: {type: 'offer', sdp: 'v'.repeat(60_000)}}

  assert.equal(readPayload(JSON.stringify(long)), null)
  assert.throws(() => writePayload(long), RangeError)
})
