import assert from 'node:assert/strict'
import {describe, test} from 'node:test'
import {
  byPerson,
  erasing,
  filmed,
  hasKind,
  isKept,
  keptUntil,
  kindOf,
  lookAgainIn,
  ownParts,
  sharedWithAll,
  rewriting,
  screened,
  waiting,
  wasCaptured,
} from '../../../static/kept/kept.js'
import {KEPT, feature, film, summaryKept, track, transcript} from '../kept-example.js'

const withFilm = more => ({...KEPT, features: [feature({film: film(more)})]})

describe('what the server says of a meeting', () => {
  test('is read as it was written', () => {
    assert.ok(isKept(KEPT))
    assert.ok(isKept({...KEPT, ended_at: null, people: [], features: []}))
    assert.ok(isKept({...KEPT, later: 'more'}))
  })

  for (const field of Object.keys(KEPT))
    test(`is nothing when its ${field} is of another type`, () => {
      assert.equal(isKept({...KEPT, [field]: 7}), false)
    })

  test('is nothing with a state or a source that is not agreed', () => {
    assert.equal(isKept(withFilm({state: 'lost'})), false)
    assert.equal(isKept({...KEPT, features: [feature({tracks: [track({source: 'mind'})]})]}), false)
    assert.equal(isKept({...KEPT, features: [feature({your_part: 'refused'})]}), false)
  })

  test('never leads to another server', () => {
    for (const url of [
      'https://elsewhere.example/film',
      '//elsewhere.example/film',
      'javascript:1',
    ])
      assert.equal(isKept(withFilm({url})), false, url)
  })

  test('is read with the words that are kept', () => {
    const fault = {code: 'model-busy', detail: 'The model is busy.'}
    assert.ok(isKept({...KEPT, transcript: transcript(), summary: summaryKept()}))
    assert.ok(isKept({...KEPT, summary: summaryKept({state: 'failed', fault, url: null})}))
  })

  test('never leads its words to another server, nor into a state that is not agreed', () => {
    for (const field of ['url', 'vtt', 'text', 'json'])
      assert.equal(isKept({...KEPT, transcript: transcript({[field]: '//elsewhere/'})}), false)
    for (const field of ['url', 'markdown', 'json'])
      assert.equal(isKept({...KEPT, summary: summaryKept({[field]: 'javascript:1'})}), false)
    assert.equal(isKept({...KEPT, summary: summaryKept({state: 'making'})}), false)
  })
})

describe('looking again', () => {
  for (const state of ['waiting', 'making'])
    test(`is soon while a film is ${state}`, () => {
      assert.equal(lookAgainIn(withFilm({state})), 1500)
    })

  test('is soon while a part is being erased, whatever the film does', () => {
    assert.equal(lookAgainIn({...KEPT, features: [feature({your_part: 'erasing'})]}), 1500)
  })

  for (const state of ['waiting', 'writing'])
    test(`is soon while a summary is ${state}`, () => {
      assert.equal(lookAgainIn({...KEPT, summary: summaryKept({state})}), 1500)
    })

  test('is slow for a summary that is done with, or cannot be', () => {
    for (const state of ['later', 'failed', 'ready', 'empty'])
      assert.equal(lookAgainIn({...KEPT, summary: summaryKept({state})}), 20_000)
  })

  test('is slow while the meeting goes on, and while anything is kept that may go', () => {
    assert.equal(lookAgainIn({...withFilm({state: 'later'}), ended_at: null}), 15_000)
    for (const state of ['stopped', 'failed', 'ready'])
      assert.equal(lookAgainIn(withFilm({state})), 20_000)
  })

  test('never comes once nothing is kept', () => {
    const none = feature({film: film({state: 'none'}), tracks: []})
    assert.equal(lookAgainIn({...KEPT, features: [none]}), null)
    assert.equal(lookAgainIn({...KEPT, features: []}), null)
  })
})

test('what cannot be played is read with whose it is, and never with a source not agreed', () => {
  const left = {participant: 'bo', source: 'screen', opening: 'o1'}
  assert.ok(isKept(withFilm({left_out: [left], poster: '/api/poster'})))
  assert.equal(isKept(withFilm({left_out: [{...left, source: 'mind'}]})), false)
  assert.equal(isKept(withFilm({poster: '//elsewhere.example/poster'})), false)
})

test('what the server takes on is seen at once, and nothing else changes', () => {
  const other = feature({id: 'transcript'})
  const kept = {...KEPT, features: [feature(), other]}

  assert.equal(erasing(kept, 'recording').features[0].your_part, 'erasing')
  assert.deepEqual(erasing(kept, 'recording').features[1], other)
  assert.equal(waiting(kept, 'recording').features[0].film.state, 'waiting')
  assert.deepEqual(waiting(kept, 'recording').features[1], other)
  assert.equal(kept.features[0].your_part, 'kept')
})

test('somebody who was never captured has nothing here', () => {
  const kept = {...KEPT, people: [], features: []}

  assert.equal(wasCaptured(kept), false)
  assert.deepEqual(filmed(kept), [])
  assert.deepEqual(ownParts(kept), [])
  assert.equal(keptUntil(kept), null)
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

  assert.equal(keptUntil({...KEPT, features: [late, soon, empty]}), soon.kept_until)
  assert.equal(keptUntil({...KEPT, features: [feature({kept_until: null})]}), null)
})

test('a film that nothing came to is none, and one that there is stands before it', () => {
  const empty = feature({id: 'a', film: film({state: 'empty', url: null}), tracks: []})
  const both = {...KEPT, features: [empty, feature()]}
  const only = {...KEPT, features: [empty]}

  assert.ok(isKept(only))
  assert.deepEqual(
    filmed(both).map(({id}) => id),
    ['recording', 'a'],
  )
  assert.deepEqual(filmed(only), [empty], 'the page tells of it')
  assert.deepEqual([hasKind(both, 'recording'), hasKind(only, 'recording')], [true, false])
  assert.deepEqual([keptUntil(only), lookAgainIn(only)], [null, null])
})

test('tracks are grouped by person, each in order of time', () => {
  const tracks = [
    track({participant: 'bo', bytes: 1}),
    track({participant: 'ada', from: '2026-11-21T11:04:00Z', bytes: 2}),
    track({participant: 'ada', from: '2026-11-21T10:42:00Z', bytes: 3}),
  ]
  const groups = byPerson(KEPT, feature({tracks}))

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
  const groups = byPerson(KEPT, feature({tracks: [track({participant: 'zed'})]}))

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
    const kept = {...KEPT, features: [feature(), words]}

    assert.equal(keptUntil({...kept, transcript: transcript()}), words.kept_until)
    assert.equal(keptUntil(kept), feature().kept_until)
  })

  test('is picture and sound for every feature that is not known to keep words', () => {
    assert.equal(kindOf({id: 'transcript'}), 'transcript')
    assert.equal(kindOf({id: 'summary'}), 'summary')
    assert.equal(kindOf({id: 'lecture'}), 'recording')
  })

  test('is of a kind only for those who were in it', () => {
    const kept = {...KEPT, features: [words], transcript: transcript()}

    assert.equal(hasKind(kept, 'recording'), false)
    assert.equal(hasKind(kept, 'transcript'), true)
    assert.equal(hasKind(kept, 'summary'), false)
    assert.equal(hasKind({...KEPT, transcript: undefined}, 'transcript'), false)
  })
})

test('moments can be shown only in a film that is ready', () => {
  assert.deepEqual(screened(KEPT), {feature: 'recording', chapters: film().chapters})
  assert.equal(screened(withFilm({state: 'making'})), null)
  assert.equal(screened(withFilm({url: null})), null)
  assert.equal(screened({...KEPT, features: []}), null)
})

test('a summary that is to be written again waits, and its fault is forgotten', () => {
  const fault = {code: 'model-busy', detail: ''}
  const kept = {...KEPT, summary: summaryKept({state: 'failed', done: 0.5, fault})}

  assert.deepEqual(rewriting(kept).summary, {
    ...kept.summary,
    state: 'waiting',
    done: 0,
    fault: null,
  })
  assert.equal(rewriting(KEPT), KEPT)
})

test('everyone has the same only where all that was on is shared so', () => {
  const shared = (...ways) => ({
    ...KEPT,
    features: ways.map(shared_with => feature({shared_with})),
  })
  const off = feature({id: 'summary', stretches: [], shared_with: 'present'})

  assert.ok(sharedWithAll(shared('meeting', 'meeting')))
  assert.ok(sharedWithAll({...KEPT, features: [...shared('meeting').features, off]}))
  for (const others of [shared('present'), shared('meeting', 'present'), shared(undefined)])
    assert.ok(!sharedWithAll(others))
})
