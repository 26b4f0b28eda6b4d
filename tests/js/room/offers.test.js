import assert from 'node:assert/strict'
import {describe, test} from 'node:test'

import {changesOf, outdated} from '../../../static/room/notices.js'
import {due, withheldIn} from '../../../static/room/offers.js'
import {reduce} from '../../../static/room/reduce.js'
import {initial} from '../../../static/room/view.js'

const NOW = Date.parse('2026-11-22T10:42:00Z')
const heard = (view, ...messages) =>
  messages.reduce((next, message) => reduce(next, message, NOW), view)
const offering = (offered, feature = 'recording') => ({
  type: 'offering',
  feature,
  offered,
  notices: ['d'],
})
const start = {...initial(['recording', 'summary']), phase: 'open'}
const chose = decision => ({type: 'chose', feature: 'recording', decision, at: 'then'})

describe('what is not offered', () => {
  test('is asked about no longer, and nothing of it is due', () => {
    const asked = heard(start, {type: 'asked', feature: 'recording'})
    const view = heard(
      asked,
      {type: 'requested', feature: 'recording', asked: true, ask_again_in: 300},
      offering(false),
    )

    assert.equal(due(asked), 'recording')
    assert.equal(due(view), null)
    assert.deepEqual([...view.withheld], ['recording'])
    assert.deepEqual(view.requests, {})
    assert.deepEqual(view.word, {kind: 'withheld', feature: 'recording', at: NOW})
  })

  test('leaves every answer as it was', () => {
    for (const decision of ['granted', 'declined']) {
      const before = heard(start, chose(decision))
      assert.deepEqual(heard(before, offering(false)).answers, before.answers)
    }
  })

  test('is said with the off that comes of it, in the same breath', () => {
    const on = {...start, signs: {...start.signs, recording: {on: true, since: 'then'}}}
    const view = heard(on, offering(false), {type: 'sign', feature: 'recording', on: false})

    assert.deepEqual(
      [view.word, ...(view.word.also ?? [])].map(({kind}) => kind),
      ['sign-off', 'withheld'],
    )
  })

  test('is offered again, which asks nobody', () => {
    const view = heard(start, offering(false), offering(true))

    assert.equal(view.withheld.size, 0)
    assert.deepEqual(view.asks, [])
    assert.equal(view.word.kind, 'offered')
  })

  test('and told twice is told once', () => {
    const view = heard(start, offering(false))
    assert.equal(heard(view, offering(false)), view)
    assert.equal(heard(start, offering(true)), start)
  })

  test('is told before one joins', () => {
    const features = [{id: 'a', offered: false}, {id: 'b', offered: true}, {id: 'c'}]
    assert.deepEqual([...withheldIn({features})], ['a'])
  })
})

describe('a question whose words are not here yet', () => {
  test('waits for them, and another one does not', () => {
    const asked = heard(
      start,
      {type: 'asked', feature: 'recording'},
      {type: 'asked', feature: 'summary'},
      {type: 'stale', stale: new Set(['recording'])},
    )

    assert.equal(due(asked), 'summary')
    assert.equal(due(heard(asked, {type: 'stale', stale: new Set()})), 'recording')
  })
})

describe('words that have changed', () => {
  const notice = (digest, language = 'en') => ({digest, language, feature: 'recording'})
  const facts = (...notices) => ({
    features: [
      {id: 'recording', notices: Object.fromEntries(notices.map(each => [each.language, each]))},
    ],
  })
  const old = facts(notice('1'), notice('1de', 'de'))
  const now = facts(notice('2'), notice('2de', 'de'))

  test('are shown against what was read here', () => {
    assert.deepEqual(
      [...changesOf(now, 'en', new Map(), old)],
      [['recording', {from: notice('1'), to: notice('2'), agreed: false}]],
    )
    assert.equal(changesOf(now, 'en', new Map(), now).size, 0)
  })

  test('are shown against what this person agreed to, in the language of then', () => {
    const agreed = new Map([['recording', notice('0de', 'de')]])
    assert.deepEqual(
      [...changesOf(now, 'en', agreed, old)],
      [['recording', {from: notice('0de', 'de'), to: notice('2de', 'de'), agreed: true}]],
    )
  })

  test('are none for who agreed to the very words in force', () => {
    const agreed = new Map([['recording', notice('2')]])
    assert.equal(changesOf(now, 'en', agreed, old).size, 0)
  })

  test('are found by their digests, in any language and order', () => {
    const said = (...notices) => [{feature: 'recording', notices}]
    assert.equal(outdated(now, said('2', '2de')).size, 0)
    assert.equal(outdated(now, said('2de', '2')).size, 0)
    assert.deepEqual([...outdated(now, said('2', '3de'))], ['recording'])
    assert.equal(outdated(now, [{feature: 'poems', notices: ['x']}]).size, 0)
  })
})
