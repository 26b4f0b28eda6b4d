import assert from 'node:assert/strict'
import {describe, test} from 'node:test'
import {
  byPerson,
  erasing,
  filmed,
  hasKind,
  isAfter,
  keptUntil,
  kindOf,
  lookAgainIn,
  ownParts,
  sharedWithAll,
  rewriting,
  screened,
  waiting,
  wasCaptured,
} from '../../../static/kept/after.js'
import {AFTER, feature, film, summaryKept, track, transcript} from '../after-example.js'

const withFilm = more => ({...AFTER, features: [feature({film: film(more)})]})

describe('what the server says of a meeting', () => {
  test('is read as it was written', () => {
    assert.ok(isAfter(AFTER))
    assert.ok(isAfter({...AFTER, ended_at: null, people: [], features: []}))
    assert.ok(isAfter({...AFTER, later: 'more'}))
  })

  for (const field of Object.keys(AFTER))
    test(`is nothing when its ${field} is of another type`, () => {
      assert.equal(isAfter({...AFTER, [field]: 7}), false)
    })

  test('is nothing with a state or a source that is not agreed', () => {
    assert.equal(isAfter(withFilm({state: 'lost'})), false)
    assert.equal(
      isAfter({...AFTER, features: [feature({tracks: [track({source: 'mind'})]})]}),
      false,
    )
    assert.equal(isAfter({...AFTER, features: [feature({your_part: 'refused'})]}), false)
  })

  test('never leads to another server', () => {
    for (const url of [
      'https://elsewhere.example/film',
      '//elsewhere.example/film',
      'javascript:1',
    ])
      assert.equal(isAfter(withFilm({url})), false, url)
  })

  test('is read with the words that are kept', () => {
    const fault = {code: 'model-busy', detail: 'The model is busy.'}
    assert.ok(isAfter({...AFTER, transcript: transcript(), summary: summaryKept()}))
    assert.ok(isAfter({...AFTER, summary: summaryKept({state: 'failed', fault, url: null})}))
  })

  test('never leads its words to another server, nor into a state that is not agreed', () => {
    for (const field of ['url', 'vtt', 'text', 'json'])
      assert.equal(isAfter({...AFTER, transcript: transcript({[field]: '//elsewhere/'})}), false)
    for (const field of ['url', 'markdown', 'json'])
      assert.equal(isAfter({...AFTER, summary: summaryKept({[field]: 'javascript:1'})}), false)
    assert.equal(isAfter({...AFTER, summary: summaryKept({state: 'making'})}), false)
  })
})

describe('looking again', () => {
  for (const state of ['waiting', 'making'])
    test(`is soon while a film is ${state}`, () => {
      assert.equal(lookAgainIn(withFilm({state})), 1500)
    })

  test('is soon while a part is being erased, whatever the film does', () => {
    assert.equal(lookAgainIn({...AFTER, features: [feature({your_part: 'erasing'})]}), 1500)
  })

  for (const state of ['waiting', 'writing'])
    test(`is soon while a summary is ${state}`, () => {
      assert.equal(lookAgainIn({...AFTER, summary: summaryKept({state})}), 1500)
    })

  test('is slow for a summary that is done with, or cannot be', () => {
    for (const state of ['later', 'failed', 'ready', 'empty'])
      assert.equal(lookAgainIn({...AFTER, summary: summaryKept({state})}), 20_000)
  })

  test('is slow while the meeting goes on, and while anything is kept that may go', () => {
    assert.equal(lookAgainIn({...withFilm({state: 'later'}), ended_at: null}), 15_000)
    for (const state of ['stopped', 'failed', 'ready'])
      assert.equal(lookAgainIn(withFilm({state})), 20_000)
  })

  test('never comes once nothing is kept', () => {
    const none = feature({film: film({state: 'none'}), tracks: []})
    assert.equal(lookAgainIn({...AFTER, features: [none]}), null)
    assert.equal(lookAgainIn({...AFTER, features: []}), null)
  })
})

test('what cannot be played is read with whose it is, and never with a source not agreed', () => {
  const left = {participant: 'bo', source: 'screen', opening: 'o1'}
  assert.ok(isAfter(withFilm({left_out: [left], poster: '/api/poster'})))
  assert.equal(isAfter(withFilm({left_out: [{...left, source: 'mind'}]})), false)
  assert.equal(isAfter(withFilm({poster: '//elsewhere.example/poster'})), false)
})

test('what the server takes on is seen at once, and nothing else changes', () => {
  const other = feature({id: 'transcript'})
  const after = {...AFTER, features: [feature(), other]}

  assert.equal(erasing(after, 'recording').features[0].your_part, 'erasing')
  assert.deepEqual(erasing(after, 'recording').features[1], other)
  assert.equal(waiting(after, 'recording').features[0].film.state, 'waiting')
  assert.deepEqual(waiting(after, 'recording').features[1], other)
  assert.equal(after.features[0].your_part, 'kept')
})

test('somebody who was never captured has nothing here', () => {
  const after = {...AFTER, people: [], features: []}

  assert.equal(wasCaptured(after), false)
  assert.deepEqual(filmed(after), [])
  assert.deepEqual(ownParts(after), [])
  assert.equal(keptUntil(after), null)
})

test('the first day on which something is deleted counts, and only of what is there', () => {
  const soon = feature({id: 'a', kept_until: '2026-11-25T11:30:00Z'})
  const late = feature({id: 'b', kept_until: '2026-11-28T11:30:00Z'})
  const empty = feature({
    id: 'c',
    kept_until: '2026-11-22T11:30:00Z',
    film: film({state: 'none'}),
    tracks: [],
  })

  assert.equal(keptUntil({...AFTER, features: [late, soon, empty]}), soon.kept_until)
  assert.equal(keptUntil({...AFTER, features: [feature({kept_until: null})]}), null)
})

test('tracks are grouped by person, each in order of time', () => {
  const tracks = [
    track({participant: 'bo', bytes: 1}),
    track({participant: 'ada', from: '2026-11-21T11:04:00Z', bytes: 2}),
    track({participant: 'ada', from: '2026-11-21T10:42:00Z', bytes: 3}),
  ]
  const groups = byPerson(AFTER, feature({tracks}))

  assert.deepEqual(
    groups.map(({person, bytes}) => [person.id, bytes]),
    [
      ['ada', 5],
      ['bo', 1],
    ],
  )
  assert.deepEqual(
    groups[0].tracks.map(({bytes}) => bytes),
    [3, 2],
  )
})

test('a track of somebody unlisted is nobody’s by name', () => {
  const groups = byPerson(AFTER, feature({tracks: [track({participant: 'zed'})]}))

  assert.deepEqual(
    groups.map(({person}) => person),
    [{id: 'zed', name: null}],
  )
})

describe('what is kept', () => {
  const words = feature({
    id: 'transcript',
    kept_until: '2026-11-22T11:30:00Z',
    film: film({state: 'none'}),
    tracks: [],
  })

  test('is words, too, and they are deleted on a day of their own', () => {
    const after = {...AFTER, features: [feature(), words]}

    assert.equal(keptUntil({...after, transcript: transcript()}), words.kept_until)
    assert.equal(keptUntil(after), feature().kept_until)
  })

  test('is picture and sound for every feature that is not known to keep words', () => {
    assert.equal(kindOf({id: 'transcript'}), 'transcript')
    assert.equal(kindOf({id: 'summary'}), 'summary')
    assert.equal(kindOf({id: 'lecture'}), 'recording')
  })

  test('is of a kind only for those who were in it', () => {
    const after = {...AFTER, features: [words], transcript: transcript()}

    assert.equal(hasKind(after, 'recording'), false)
    assert.equal(hasKind(after, 'transcript'), true)
    assert.equal(hasKind(after, 'summary'), false)
    assert.equal(hasKind({...AFTER, transcript: undefined}, 'transcript'), false)
  })
})

test('moments can be shown only in a film that is ready', () => {
  assert.deepEqual(screened(AFTER), {feature: 'recording', chapters: film().chapters})
  assert.equal(screened(withFilm({state: 'making'})), null)
  assert.equal(screened(withFilm({url: null})), null)
  assert.equal(screened({...AFTER, features: []}), null)
})

test('a summary that is to be written again waits, and its fault is forgotten', () => {
  const fault = {code: 'model-busy', detail: ''}
  const after = {...AFTER, summary: summaryKept({state: 'failed', done: 0.5, fault})}

  assert.deepEqual(rewriting(after).summary, {
    ...after.summary,
    state: 'waiting',
    done: 0,
    fault: null,
  })
  assert.equal(rewriting(AFTER), AFTER)
})

test('everyone has the same only where all that was on is shared so', () => {
  const shared = (...ways) => ({
    ...AFTER,
    features: ways.map(shared_with => feature({shared_with})),
  })
  const off = feature({id: 'summary', stretches: [], shared_with: 'present'})

  assert.ok(sharedWithAll(shared('meeting', 'meeting')))
  assert.ok(sharedWithAll({...AFTER, features: [...shared('meeting').features, off]}))
  for (const others of [shared('present'), shared('meeting', 'present'), shared(undefined)])
    assert.ok(!sharedWithAll(others))
})
