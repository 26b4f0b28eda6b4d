import assert from 'node:assert/strict'
import {test} from 'node:test'

import {lacking, openingsThatFell} from '../../../static/kept/lacking.js'
import {KEPT, feature, track} from '../kept-example.js'

const PEOPLE = ['ada', 'bo', 'cy'].map(id => ({id, name: id}))
const kept = {...KEPT, you: 'ada', people: PEOPLE}
const stretch = (opening, people, to = '2026-11-21T10:55:00Z', latest = null) => ({
  opening,
  from: '2026-11-21T10:42:00Z',
  to,
  latest,
  people,
})
/** In whose midst the server failed. */
const fallen = (opening, people) =>
  stretch(opening, people, '2026-11-21T10:55:00Z', '2026-11-21T11:55:00Z')
const NOBODY = {whole: [], part: [], wholeFell: [], partFell: []}
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

  assert.deepEqual(found, {...NOBODY, whole: ['cy'], part: ['bo']})
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

  assert.deepEqual(found, NOBODY)
})

test('an opening that goes on lacks nobody yet', () => {
  assert.deepEqual(lacking(kept, recorded([stretch('o1', ['ada', 'bo'], null)], [])), NOBODY)
})

test('an erased part is not told of as lacking', () => {
  const people = [PEOPLE[0], {id: 'bo', name: null}]
  for (const your_part of ['erased', 'erasing'])
    assert.deepEqual(
      lacking({...kept, people}, recorded([stretch('o1', ['ada', 'bo'])], [], {your_part})),
      NOBODY,
    )
})

test('what a failure of the server took is told as that, and only that', () => {
  const both = ['ada', 'bo']
  const found = (stretches, tracks) => lacking(kept, recorded(stretches, tracks))

  assert.deepEqual(found([fallen('o1', both)], [['o1', 'ada']]), {...NOBODY, wholeFell: ['bo']})
  assert.deepEqual(
    found(
      [fallen('o1', both), stretch('o2', both)],
      [
        ['o2', 'ada'],
        ['o2', 'bo'],
      ],
    ),
    {...NOBODY, partFell: both},
  )
  assert.deepEqual(
    found([fallen('o1', both), stretch('o2', both)], [['o1', 'ada']]),
    {...NOBODY, part: both, partFell: ['bo']},
    'of two causes neither is all of it',
  )
})

test('an opening fell with the last of its parts', () => {
  const stretches = [stretch('o1', ['ada']), fallen('o1', ['ada', 'bo']), stretch('o2', ['ada'])]
  assert.deepEqual([...openingsThatFell(stretches)], ['o1'])
})
