import assert from 'node:assert/strict'
import {describe, test} from 'node:test'

import {newsOf} from '../../../static/room/news.js'
import {initial} from '../../../static/room/view.js'

const person = (id, hand = false) => ({id, name: id, hand})
const line = (sender, text = 'Hello') => ({type: 'chat-line', sender, text})
const OPEN = {
  ...initial(['recording']),
  phase: 'open',
  you: 'mara',
  people: [person('mara'), person('tomas')],
}

describe('what others do', () => {
  for (const [news, change] of Object.entries({
    joined: {people: [...OPEN.people, person('ines')]},
    hand: {people: [person('mara'), person('tomas', true)]},
    message: {chat: [line('tomas')]},
    mention: {chat: [line('tomas'), line('tomas', 'Is that so, @Mara?')]},
    knock: {knocks: [{participant: 'jonas', name: 'Jonas', removed: false}]},
  }))
    test(`is heard: ${news}`, () => {
      assert.equal(newsOf(OPEN, {...OPEN, ...change}), news)
      const asked = {...OPEN, ...change, asks: ['recording']}
      assert.equal(newsOf(OPEN, asked), null, 'not while one is asked')
      for (const phase of ['lost', 'joining'])
        assert.equal(newsOf({...OPEN, phase}, {...OPEN, ...change}), null, 'not on coming (back)')
    })

  test('twelve who come at once are one', () => {
    const many = Array.from({length: 12}, (_, index) => person(`p${index}`))

    assert.equal(newsOf(OPEN, {...OPEN, people: [...OPEN.people, ...many]}), 'joined')
  })
})

test('one’s own acts are not heard', () => {
  for (const change of [
    {people: [person('mara', true), person('tomas')]},
    {chat: [line('mara')]},
    {chat: [line('mara', 'It was @mara who said so')]},
  ])
    assert.equal(newsOf(OPEN, {...OPEN, ...change}), null)
})

test('each line that addresses oneself is heard as one, and no other line', () => {
  const chat = [line('tomas', '@mara')]
  const before = {...OPEN, chat, unread: 1, mentioned: true}

  assert.equal(newsOf(before, {...before, chat: [...chat, line('tomas', '@mara!')]}), 'mention')
  for (const text of ['So be it', '@tomas', '@marathon'])
    assert.equal(newsOf(before, {...before, chat: [...chat, line('tomas', text)]}), 'message')
})

test('test_P1_whoever_answers_leaves_or_takes_back_sounds_like_nothing', () => {
  for (const change of [
    {signs: {recording: {on: true, since: null}}},
    {signs: {recording: {on: false, since: null}}},
    {answers: {recording: {decision: 'granted', pending: false, at: null}}},
    {requests: {recording: {askedAt: 1, againAt: 2}}},
    {marks: new Set(['recording'])},
    {checks: new Map([['recording', {}]])},
    {word: {kind: 'sign-off', feature: 'recording', at: 1}},
    {people: [person('mara')]},
    {screens: ['tomas']},
  ])
    assert.equal(newsOf(OPEN, {...OPEN, ...change}), null)
})
