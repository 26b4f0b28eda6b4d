import assert from 'node:assert/strict'
import {test} from 'node:test'

import {GOOD, UNKNOWN, incoming, outgoing, own, settle} from '../../../static/rtc/quality.js'
import {reported} from '../../../static/rtc/report.js'

const QUIET = reported(new Map())
const later = changes => ({...QUIET, at: 2_000, received: 200, samples: 96_000, ...changes})
const of = changes => incoming(QUIET, later(changes))
const fair = reason => ({level: 'fair', reason})
const poor = reason => ({level: 'poor', reason})

test('a line on which all comes in time is good', () => {
  assert.deepEqual(of({}), GOOD)
  assert.deepEqual(outgoing(later({})), GOOD)
})

test('it says what is wrong: loss, delay, gaps in the sound, pictures that stand', () => {
  assert.deepEqual(of({lost: 10}), fair('loss'))
  assert.deepEqual(of({lost: 40}), poor('loss'))
  assert.deepEqual(of({roundTrip: 0.5}), fair('delay'))
  assert.deepEqual(of({roundTrip: 1}), poor('delay'))
  assert.deepEqual(of({concealed: 20_000}), poor('sound'))
  assert.deepEqual(of({frozen: 1}), poor('still'))
  assert.deepEqual(outgoing(later({lostThere: 0.2})), poor('loss'))
})

test('a few packets prove nothing, and neither does a picture that was turned off', () => {
  assert.deepEqual(of({received: 5, lost: 5, samples: 0}), GOOD)
  assert.deepEqual(of({frozen: 40}), GOOD)
  assert.deepEqual(of({lost: -3}), GOOD)
})

test('a limited picture is a bad line only where little gets through', () => {
  const limit = 'bandwidth'
  assert.deepEqual(outgoing(later({limit, capacity: 900_000})), GOOD)
  assert.deepEqual(outgoing(later({limit, capacity: 200_000})), fair('narrow'))
  assert.deepEqual(outgoing(later({limit, capacity: 50_000})), poor('narrow'))
  assert.deepEqual(outgoing(later({limit: 'cpu'})), fair('busy'))
})

test('one’s own line is what most have in common, and not the bad one of somebody else', () => {
  assert.deepEqual(own([]), GOOD)
  assert.deepEqual(own([poor('loss')]), poor('loss'))
  assert.deepEqual(own([poor('loss'), GOOD]), GOOD)
  assert.deepEqual(own([poor('loss'), GOOD, poor('loss')]), poor('loss'))
  assert.deepEqual(own([poor('delay'), GOOD, GOOD, GOOD, poor('loss')]), GOOD)
})

test('it is worse after two looks, and better after four', () => {
  const levels = []
  let line = UNKNOWN
  for (const seen of [poor('loss'), GOOD, poor('loss'), fair('delay'), ...Array(5).fill(GOOD)]) {
    line = settle(line, seen)
    levels.push(line.level)
  }

  assert.deepEqual(levels, ['good', 'good', 'good', 'fair', 'fair', 'fair', 'fair', 'good', 'good'])
})

test('a line that wavers has one sign', () => {
  let line = settle(settle(UNKNOWN, poor('loss')), poor('loss'))
  for (let look = 0; look < 20; look += 1) line = settle(line, look % 3 ? GOOD : poor('loss'))

  assert.equal(line.level, 'poor')
})

test('a browser’s statistics become a few numbers', () => {
  const stats = [
    {
      type: 'inbound-rtp',
      timestamp: 5,
      packetsReceived: 90,
      packetsLost: 10,
      totalFreezesDuration: 2,
    },
    {
      type: 'inbound-rtp',
      packetsReceived: 10,
      packetsLost: 1,
      totalSamplesReceived: 100,
      concealedSamples: 30,
      silentConcealedSamples: 10,
    },
    {type: 'remote-inbound-rtp', fractionLost: 0.25},
    {type: 'outbound-rtp', active: true, qualityLimitationReason: 'bandwidth'},
    {type: 'outbound-rtp', active: false, qualityLimitationReason: 'cpu'},
    {
      type: 'candidate-pair',
      nominated: true,
      state: 'succeeded',
      currentRoundTripTime: 0.1,
      availableOutgoingBitrate: 300,
    },
    {type: 'candidate-pair', nominated: false, state: 'succeeded', currentRoundTripTime: 9},
    {type: 'codec', packetsLost: 'many'},
  ]

  assert.deepEqual(reported(new Map(stats.entries())), {
    at: 5,
    roundTrip: 0.1,
    received: 100,
    lost: 11,
    lostThere: 0.25,
    frozen: 2,
    samples: 100,
    concealed: 20,
    capacity: 300,
    limit: 'bandwidth',
  })
})
