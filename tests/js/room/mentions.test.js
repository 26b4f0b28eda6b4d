import assert from 'node:assert/strict'
import {test} from 'node:test'

import {
  addressed,
  addresses,
  asked,
  completed,
  offers,
  unreadWith,
} from '../../../static/room/mentions.js'

const NAMES = ['Mara', 'Mara Klein', 'Tomás', 'ليلى', 'Mara']
const meant = text =>
  addressed(text, NAMES)
    .filter(({name}) => name !== null)
    .map(({name}) => name)

test('who is addressed is the one whose whole name stands there', () => {
  assert.deepEqual(meant('@Mara look'), ['Mara'])
  assert.deepEqual(meant('@Mara Klein, look'), ['Mara Klein'])
  assert.deepEqual(meant('@mara: and @TOMÁS!'), ['Mara', 'Tomás'])
  assert.deepEqual(meant('(@Mara)'), ['Mara'])
  assert.deepEqual(meant('@ليلى، انظري'), ['ليلى'])
  assert.deepEqual(meant('@Mara@Tomás'), ['Mara'])
})

test('an address of mail, a longer word and a name alone address nobody', () => {
  for (const text of ['mara@Mara.example', '@Maral', '@Mar', 'Mara', '@ Mara', '@', '@@'])
    assert.deepEqual(meant(text), [], text)
})

test('of several who are called the same each is addressed', () => {
  assert.ok(addresses('@Mara', 'Mara', NAMES))
  assert.ok(addresses('@mara', 'MARA', NAMES))
  assert.ok(!addresses('@Mara Klein', 'Mara', NAMES))
})

test('the pieces, put together again, are the text', () => {
  const bits = ['@', 'Mara', ' Klein', 'Tomás', 'ليلى', ' ', ',', 'a', '\n', '😀']
  let seed = 3
  const any = count => (seed = (seed * 1103515245 + 12345) % 2147483648) % count
  for (let round = 0; round < 5000; round += 1) {
    const text = Array.from({length: any(9)}, () => bits[any(bits.length)]).join('')
    const pieces = addressed(text, NAMES)
    assert.equal(pieces.map(piece => piece.text).join(''), text)
  }
})

test('what is typed after an "@" asks for a name, and nothing else does', () => {
  assert.deepEqual(asked('@', 1), {from: 0, typed: ''})
  assert.deepEqual(asked('hi @Mar', 7), {from: 3, typed: 'Mar'})
  assert.deepEqual(asked('hi @Mara Kl', 11), {from: 3, typed: 'Mara Kl'})
  for (const [text, caret] of [
    ['mara@x', 6],
    ['@ m', 3],
    ['@a\nb', 4],
    ['', 0],
    [`@${'a'.repeat(200)}`, 201],
  ])
    assert.equal(asked(text, caret), null, text)
})

test('offered is whose name begins so, whatever its accents and capitals; each name once', () => {
  assert.deepEqual(offers(NAMES, ''), ['Mara', 'Mara Klein', 'Tomás', 'ليلى'])
  assert.deepEqual(offers(NAMES, 'ma'), ['Mara', 'Mara Klein'])
  assert.deepEqual(offers(NAMES, 'KLE'), ['Mara Klein'])
  assert.deepEqual(offers(NAMES, 'tomas'), ['Tomás'])
  assert.deepEqual(offers(NAMES, 'ara'), [])
})

test('the name takes the place of what was typed, and the caret stands behind it', () => {
  const {text, caret} = completed('hi @Ma, look', {from: 3, typed: 'Ma'}, 'Mara')
  assert.equal(text, 'hi @Mara , look')
  assert.equal(caret, 9)
  assert.deepEqual(completed('@m rest', {from: 0, typed: 'm'}, 'Mara'), {
    text: '@Mara rest',
    caret: 6,
  })
})

test('what is unread says whether any of it is for oneself', () => {
  const people = [
    {id: 'a', name: 'Mara'},
    {id: 'b', name: 'Tomás'},
  ]
  const view = {you: 'a', people, unread: 1, mentioned: false}
  const line = (sender, text) => ({type: 'chat-line', sender, name: '', text, at: '', number: 1})
  assert.deepEqual(unreadWith(view, [line('b', 'hi @Tomás')]), {unread: 2, mentioned: false})
  assert.deepEqual(unreadWith(view, [line('b', 'hi @Mara'), line('b', 'x')]), {
    unread: 3,
    mentioned: true,
  })
  assert.deepEqual(unreadWith(view, [line('a', '@Mara')]), {unread: 1, mentioned: false})
})
