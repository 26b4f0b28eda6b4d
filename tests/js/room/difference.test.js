import assert from 'node:assert/strict'
import {test} from 'node:test'

import {difference} from '../../../static/room/difference.js'

const bare = text => text.replaceAll(/\s/g, '')
const of = (pieces, ...kinds) =>
  pieces
    .filter(({kind}) => kinds.includes(kind))
    .map(({text}) => text)
    .join('')

/** The same numbers each time (mulberry32). */
function chances(seed) {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

test('a word that was replaced stands beside the one in its place', () => {
  assert.deepEqual(difference('Kept for 7 days, then gone', 'Kept for 90 days, then gone'), [
    {kind: 'same', text: 'Kept for '},
    {kind: 'out', text: '7 '},
    {kind: 'in', text: '90 '},
    {kind: 'same', text: 'days, then gone'},
  ])
})

test('what is put at the end leaves the word before it as it was', () => {
  assert.deepEqual(difference('A year', 'A year or two'), [
    {kind: 'same', text: 'A year '},
    {kind: 'in', text: 'or two'},
  ])
})

test('a comma that comes is no other word', () => {
  assert.deepEqual(difference('To watch it again', 'To watch it again, and to train'), [
    {kind: 'same', text: 'To watch it again'},
    {kind: 'in', text: ', and to train'},
  ])
  assert.deepEqual(difference('Für dich', 'Für dich und الجميع'), [
    {kind: 'same', text: 'Für dich '},
    {kind: 'in', text: 'und الجميع'},
  ])
})

test('nothing, all new and all gone', () => {
  assert.deepEqual(difference('', ''), [])
  assert.deepEqual(difference('', 'new'), [{kind: 'in', text: 'new'}])
  assert.deepEqual(difference('old', ''), [{kind: 'out', text: 'old'}])
})

test('what stayed and came are the new words, what stayed and went the old ones', () => {
  const chance = chances(11)
  const text = () =>
    Array.from({length: Math.floor(chance() * 14)}, () => 'abcd,'[Math.floor(chance() * 5)]).join(
      ' ',
    )
  for (let round = 0; round < 2000; round += 1) {
    const [before, after] = [text(), text()]
    const pieces = difference(before, after)
    assert.equal(of(pieces, 'same', 'in'), after)
    assert.equal(bare(of(pieces, 'same', 'out')), bare(before))
    for (const [n, {kind}] of pieces.entries()) assert.notEqual(kind, pieces[n + 1]?.kind)
  }
})

test('it is as short as can be', () => {
  const pieces = difference('a b c d e f', 'a c d x f')

  assert.equal(bare(of(pieces, 'same')), 'acdf')
})

test('texts of any length cost no more than a moment', () => {
  const before = Array.from({length: 50_000}, (_, n) => `w${n}`).join(' ')
  const after = Array.from({length: 50_000}, (_, n) => `w${n * 2}`).join(' ')
  const pieces = difference(before, after)

  assert.equal(of(pieces, 'same', 'in'), after)
  assert.equal(bare(of(pieces, 'same', 'out')), bare(before))
})
