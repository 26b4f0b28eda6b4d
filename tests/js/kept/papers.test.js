import assert from 'node:assert/strict'
import {describe, test} from 'node:test'
import {afterPath, capabilityOf, roomAfter} from '../../../static/kept/after-link.js'
import {arePapers, bundle, together, wordsOf} from '../../../static/kept/papers.js'
import {reduce} from '../../../static/room/reduce.js'
import {initial} from '../../../static/room/view.js'

const ROOM = 'r00mr00mr00mr00m'
const receipt = (name, event = 'granted') => ({
  feature: 'recording',
  event,
  receipt: name,
  at: '2026-11-21T10:41:52Z',
})
const words = {
  controller: {name: 'Orchard Lane', place: 'Bern', contact: ''},
  languages: ['en'],
  features: [{id: 'recording', notices: {en: {name: 'Recording'}}}],
}
const papers = (after, ...receipts) => ({after, receipts, words})

describe('the link', () => {
  test('leads to the page, with the capability where no server sees it', () => {
    const path = afterPath(ROOM, 'me.abc+/=')
    const url = new URL(path, 'https://here')

    assert.equal(roomAfter(url.pathname), ROOM)
    assert.equal(capabilityOf(url.hash), 'me.abc+/=')
    assert.equal(url.search, '')
  })

  test('needs no capability in a browser that remembers one', () => {
    assert.equal(afterPath(ROOM), `/m/${ROOM}/after`)
    assert.equal(capabilityOf(''), null)
    assert.equal(capabilityOf('#p='), null)
    assert.equal(capabilityOf('#film'), null)
  })

  test('is not every path', () => {
    for (const path of [`/m/${ROOM}`, '/m/x/after', `/m/${ROOM}/after/film`, '/after'])
      assert.equal(roomAfter(path), null, path)
    assert.equal(roomAfter(`/m/${ROOM}/after/`), ROOM)
  })
})

describe('papers', () => {
  test('are read as they were written, and nothing else is', () => {
    assert.ok(arePapers(papers('me.abc', receipt('a'))))
    for (const other of [
      null,
      {},
      papers(7),
      {...papers('x'), words: {}},
      papers('x', {receipt: 1}),
    ])
      assert.equal(arePapers(other), false)
  })

  test('that were kept survive joining again', () => {
    const kept = together(papers('old', receipt('a'), receipt('b')), papers('', receipt('b')))
    const more = together(kept, papers('new', receipt('c')))

    assert.deepEqual(
      more.receipts.map(each => each.receipt),
      ['a', 'b', 'c'],
    )
    assert.equal(kept.after, 'old')
    assert.equal(more.after, 'new')
  })

  test('begin with nothing before', () => {
    assert.deepEqual(together(null, papers('x', receipt('a'))), papers('x', receipt('a')))
  })

  test('hold the words of the room, never its servers', () => {
    const facts = {...words, room: ROOM, title: 'Roof', ice_servers: [{credential: 'secret'}]}
    assert.deepEqual(wordsOf(facts), words)
  })

  test('are saved as one file, a receipt per line', () => {
    assert.equal(bundle([receipt('a.b.c'), receipt('d.e.f')]), 'a.b.c\nd.e.f\n')
  })
})

describe('the welcome', () => {
  const welcome = more => ({
    type: 'welcome',
    you: 'me',
    resume: 'r',
    host: false,
    people: [],
    signs: [],
    offerings: [],
    answers: [],
    chat: [],
    grace: 30,
    after: 'me.abc',
    door: {locked: false, knock: false},
    knocks: [],
    ...more,
  })

  test('brings the capability, and nothing else takes it away', () => {
    const seated = reduce(initial([]), welcome({after: 'me.abc'}), 0)

    assert.equal(initial([]).after, '')
    assert.equal(seated.after, 'me.abc')
    assert.equal(reduce(seated, {type: 'ended'}, 0).after, 'me.abc')
  })

  test('to somebody else begins anew', () => {
    const seated = reduce(initial([]), welcome({after: 'me.abc'}), 0)
    const again = {type: 'joining', you: 'other', choices: new Map(), at: '2026-11-21T10:41:52Z'}
    assert.equal(reduce(seated, again, 0).after, '')
  })
})
