import assert from 'node:assert/strict'
import {test} from 'node:test'

import {lacking} from '../../../static/kept/lacking.js'
import {KEPT, feature, track} from '../kept-example.js'

const PEOPLE = ['ada', 'bo', 'cy'].map(id => ({id, name: id}))
const kept = {...KEPT, you: 'ada', people: PEOPLE}
const stretch = (opening, people, to = '2026-11-21T10:55:00Z') => ({
  opening,
  from: '2026-11-21T10:42:00Z',
  to,
  people,
})
const recorded = (stretches, tracks, more = {}) =>
  feature({
    stretches,
    tracks: tracks.map(([opening, participant]) => track({opening, participant})),
    ...more,
  })

test('who was there with a yes and is in no file is lacking, in all or in part', () => {
  const both = ['ada', 'bo', 'cy']
  const found = lacking(
    kept,
    recorded(
      [stretch('o1', both), stretch('o2', both)],
      [
        ['o1', 'ada'],
        ['o2', 'ada'],
        ['o1', 'bo'],
      ],
    ),
  )

  assert.deepEqual(found, {whole: ['cy'], part: ['bo']})
})

test('who was not there, or said no, is not', () => {
  const found = lacking(
    kept,
    recorded(
      [stretch('o1', ['ada']), stretch('o2', ['ada', 'bo'])],
      [
        ['o1', 'ada'],
        ['o2', 'ada'],
        ['o2', 'bo'],
      ],
    ),
  )

  assert.deepEqual(found, {whole: [], part: []})
})

test('an opening that goes on lacks nobody yet', () => {
  assert.deepEqual(lacking(kept, recorded([stretch('o1', ['ada', 'bo'], null)], [])), {
    whole: [],
    part: [],
  })
})

test('an erased part is not told of as lacking', () => {
  const people = [PEOPLE[0], {id: 'bo', name: null}]
  for (const your_part of ['erased', 'erasing'])
    assert.deepEqual(
      lacking({...kept, people}, recorded([stretch('o1', ['ada', 'bo'])], [], {your_part})),
      {whole: [], part: []},
    )
})
