import assert from 'node:assert/strict'
import {before, test} from 'node:test'

import {loadWords, words} from '../../../static/i18n/words.js'
import {titleOf} from '../../../static/room/title.js'

const BASE = 'Roof · Gatekeeper'
const NOTICES = [
  {feature: 'recording', name: 'Recording'},
  {feature: 'summary', name: 'AI summary'},
]
const off = {on: false, since: null}
const on = {on: true, since: '2026-11-22T10:42:00Z'}
const unknown = {on: null, since: null}
const person = (id, hand = false) => ({id, name: id, hand})
const VIEW = {
  you: 'a',
  people: [person('a'), person('b')],
  unread: 0,
  mentioned: false,
  signs: {recording: off, summary: off},
}
const title = (change, looking = {}) =>
  titleOf(
    words('en'),
    BASE,
    {...VIEW, ...change},
    {
      away: true,
      seen: new Set(),
      notices: NOTICES,
      ...looking,
    },
  )

before(() => loadWords('en'))

test('where nothing waits and nothing is on, it is the title of the page', () => {
  assert.equal(title({}), BASE)
})

test('what is unread is counted, and says that it is for oneself', () => {
  assert.equal(title({unread: 3}), `(3) · ${BASE}`)
  assert.equal(title({unread: 3, mentioned: true}), `(3) for you · ${BASE}`)
  assert.equal(title({unread: 200}), `(99+) · ${BASE}`)
})

test('who looks elsewhere reads what is on, and who looks here has the sign', () => {
  const signs = {recording: on, summary: off}
  assert.equal(title({signs}), `Recording on · ${BASE}`)
  assert.equal(
    title({signs: {recording: on, summary: on}}),
    `Recording on · AI summary on · ${BASE}`,
  )
  assert.equal(title({signs}, {away: false}), BASE)
})

test('while nobody here knows what is on, it says so, and nothing else of it', () => {
  const lost = {on: null, since: on.since}
  assert.equal(
    title({signs: {recording: lost, summary: unknown}}),
    `Not known what is on · ${BASE}`,
  )
})

test("the others' hands that went up since one looked are counted", () => {
  const people = [person('a', true), person('b', true), person('c', true)]
  assert.equal(title({people}), `2 hands up · ${BASE}`)
  assert.equal(title({people}, {seen: new Set(['b'])}), `1 hand up · ${BASE}`)
  assert.equal(title({people}, {away: false}), BASE)
})

test('what matters more comes first', () => {
  const all = {unread: 1, signs: {recording: on, summary: off}, people: [person('b', true)]}
  assert.equal(title(all), `(1) · Recording on · 1 hand up · ${BASE}`)
})
