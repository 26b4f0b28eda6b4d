import assert from 'node:assert/strict'
import {readFileSync} from 'node:fs'
import {describe, test} from 'node:test'

import {reduce} from '../../../static/room/reduce.js'
import {initial} from '../../../static/room/view.js'

const NOW = Date.parse('2026-11-22T11:06:03Z')
const SINCE = '2026-11-22T10:42:00Z'
const FEATURES = ['transcript', 'summary', 'compose']
const examples = JSON.parse(
  readFileSync(new URL('../../wire/messages.json', import.meta.url), 'utf8'),
)
const {people} = examples.server.find(({type}) => type === 'welcome')
const {summary} = examples.server.find(({type}) => type === 'summary')
const [ada, bo] = people

/** A deep-frozen view: whoever mutates it throws. */
function frozen(value) {
  if (Object.isFrozen(value) || value instanceof Set) return value
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(frozen)
  return Object.freeze(value)
}

const after = (view, ...messages) =>
  messages.reduce((next, message) => frozen(reduce(frozen(next), message, NOW)), view)

const sign = (feature, on, since = SINCE) => ({
  type: 'sign',
  feature,
  on,
  since: on ? since : null,
})
const welcome = signs => ({
  type: 'welcome',
  you: ada.id,
  resume: 'r',
  host: false,
  people,
  screens: [],
  signs,
  offerings: [],
  answers: [],
  chat: [],
  grace: 30,
  ice: {type: 'ice', servers: [], relay_only: false},
  after: 'me.mac',
  door: {locked: false, knock: false},
  knocks: [],
})
const joining = {type: 'joining', you: ada.id, choices: new Map(), at: SINCE}
const on = FEATURES.map(feature => sign(feature, true))
const open = after(initial(FEATURES), joining, welcome(on))

const caption = (line, sender = bo.id) => ({
  type: 'caption',
  line,
  sender,
  name: 'Bo',
  at: SINCE,
  text: `words of ${line}`,
  final: true,
})
const fault = (code, about) => ({type: 'fault', code, detail: '…', about, feature: null})
const lines = view => view.captions.map(({line}) => line)

const WISH = {kind: 'draft', prompt: 'Say yes', tone: 'neutral', length: 'short'}
const drafting = (id = 'd1', wish = WISH) => ({type: 'drafting', id, wish})
const words = (text, id = 'd1') => ({type: 'draft-text', id, text})
const done = (cut = false, id = 'd1') => ({type: 'draft-done', id, cut})
const failed = (code, id = 'd1') => ({type: 'draft-failed', id, code, detail: '…'})
const dropped = {kind: 'draft-dropped', feature: 'compose', at: NOW}

describe('captions', () => {
  const said = after(open, caption('l1'), caption('l2'))

  test('are lines in order of arrival, each once, with the time at which they came', () => {
    const view = after(said, caption('l1'))

    assert.deepEqual(lines(view), ['l1', 'l2'])
    assert.equal(view.captions[0].heard, NOW)
  })

  test('are the last three hundred', () => {
    const many = Array.from({length: 350}, (_, n) => caption(`l${n}`))
    const view = after(open, ...many)

    assert.equal(view.captions.length, 300)
    assert.equal(lines(view).at(-1), 'l349')
    assert.equal(lines(view)[0], 'l50')
  })

  describe('of what somebody is still saying', () => {
    const growing = (line, text, sender) => ({...caption(line, sender), text, final: false})
    const texts = view => view.captions.map(({text}) => text)
    const begun = after(said, growing('l3', 'We ha'), caption('l4', ada.id))

    test('are corrected in place, until the final one takes it', () => {
      const more = after(begun, growing('l3', 'We have'), growing('l3', 'We have two'))
      assert.deepEqual(lines(more), ['l1', 'l2', 'l3', 'l4'])
      assert.equal(texts(more)[2], 'We have two')
      const end = after(more, {...caption('l3'), text: 'We had.'})

      assert.deepEqual(lines(end), ['l1', 'l2', 'l3', 'l4'])
      assert.equal(texts(end)[2], 'We had.')
      assert.equal(end.captions[2].final, true)
    })

    test('go without a word if it was nothing, and may come again', () => {
      const gone = after(begun, growing('l3', ''))

      assert.deepEqual(lines(gone), ['l1', 'l2', 'l4'])
      assert.deepEqual(lines(after(gone, growing('l3', ''))), ['l1', 'l2', 'l4'])
      assert.deepEqual(lines(after(gone, growing('l3', 'No'))), ['l1', 'l2', 'l4', 'l3'])
    })

    test('give their place to whatever else comes of the same speaker, to nobody else', () => {
      assert.deepEqual(lines(after(begun, caption('l5'))), ['l1', 'l2', 'l5', 'l4'])
      assert.deepEqual(lines(after(begun, growing('l5', 'But', ada.id))), [
        'l1',
        'l2',
        'l3',
        'l4',
        'l5',
      ])
    })

    test('take no place of what is final, however late they come', () => {
      assert.equal(after(begun, growing('l4', 'late', ada.id)), begun)
    })

    test('go at once when their speaker leaves, and none comes late', () => {
      const left = after(begun, {type: 'left', participant: bo.id, removed: false})

      assert.deepEqual(lines(left), ['l1', 'l2', 'l4'])
      assert.equal(after(left, growing('l3', 'We have')), left)
      assert.deepEqual(lines(after(left, caption('l3'))), ['l1', 'l2', 'l4', 'l3'])
    })

    test('go at once when the connection is lost: nobody tells what becomes of them', () => {
      const lost = after(begun, growing('l5', 'And', ada.id), {type: 'lost'})

      assert.deepEqual(lines(lost), ['l1', 'l2', 'l4'])
    })

    test('are forgotten with all others when the sign goes off, and none comes late', () => {
      const off = after(begun, sign('transcript', false), growing('l3', 'We have'))

      assert.deepEqual(off.captions, [])
    })
  })

  test('are forgotten when the sign goes off, and none that comes late is taken in', () => {
    const off = after(said, sign('transcript', false), caption('l3'))

    assert.deepEqual(off.captions, [])
  })

  test('are forgotten when the sign goes on anew, though nobody saw it off', () => {
    const again = after(said, sign('transcript', true, '2026-11-22T11:00:00Z'), caption('l4'))

    assert.deepEqual(lines(again), ['l4'])
  })

  test('stay when the same sign is said twice, or another feature’s turns', () => {
    const same = after(said, sign('transcript', true), sign('summary', false))

    assert.deepEqual(lines(same), ['l1', 'l2'])
  })

  test('stay over a lost connection that closed nothing, and go where it did', () => {
    const lost = after(said, {type: 'lost'})
    assert.deepEqual(lines(lost), ['l1', 'l2'])
    const closed = [sign('transcript', false), ...on.slice(1)]

    assert.deepEqual(lines(after(lost, welcome(on))), ['l1', 'l2'])
    assert.deepEqual(lines(after(lost, welcome(closed))), [])
  })

  test('of one’s own go when one’s part is erased', () => {
    const view = after(said, caption('mine', ada.id))
    const erased = after(view, {type: 'erased', feature: 'transcript', files: 1})

    assert.deepEqual(lines(erased), ['l1', 'l2'])
    assert.equal(erased.word.kind, 'erased')
  })

  test('go with the meeting', () => {
    for (const over of [{type: 'ended'}, {type: 'gone', phase: 'left', fault: null}])
      assert.deepEqual(after(said, over).captions, [])
  })
})

describe('one’s own no', () => {
  const no = feature => ({type: 'chose', feature, decision: 'declined', at: SINCE})
  const busy = after(
    open,
    caption('l1'),
    {type: 'summarising'},
    {type: 'summary', summary},
    drafting(),
    words('I say '),
  )

  test('takes away at once what that feature has said, and lets in nothing more of it', () => {
    assert.deepEqual(lines(after(busy, no('transcript'), caption('l2'))), [])
    assert.equal(after(busy, no('summary'), {type: 'summary', summary}).soFar.summary, null)
    assert.equal(after(busy, no('compose'), words('yes.'), done()).draft, null)
  })

  test('takes away nothing else', () => {
    const view = after(busy, no('transcript'))

    assert.equal(view.soFar.summary, summary)
    assert.equal(view.draft.text, 'I say ')
    assert.deepEqual(lines(after(busy, no('compose'))), ['l1'])
  })

  test('to compose is followed by no second sentence when the sign goes off', () => {
    assert.deepEqual(after(busy, no('compose'), sign('compose', false)).word, dropped)
  })
})

describe('a summary so far', () => {
  const asked = after(open, {type: 'summarising'})

  test('is on its way from the press on, and says how far it is', () => {
    assert.deepEqual([asked.soFar.working, asked.soFar.done], [true, null])
    assert.equal(after(asked, {type: 'summary-progress', done: 0.25}).soFar.done, 0.25)
    assert.equal(after(asked, {type: 'summary-progress', done: 7}).soFar.done, 1)
    assert.equal(after(open, {type: 'summary-progress', done: 0.25}), open)
  })

  test('comes, and a later one takes its place', () => {
    const later = {...summary, made_at: '2026-11-22T11:59:00Z'}
    const first = after(asked, {type: 'summary', summary})
    const second = after(first, {type: 'summarising'}, {type: 'summary', summary: later})

    assert.deepEqual(first.soFar, {working: false, done: null, summary, fault: null})
    assert.equal(second.soFar.summary, later)
  })

  test('stays readable while the next one is made, and when that one fails', () => {
    const view = after(asked, {type: 'summary', summary}, {type: 'summarising'})
    assert.equal(view.soFar.summary, summary)
    const broken = after(view, fault('model-slow', 'summarise'))

    assert.equal(broken.soFar.summary, summary)
    assert.equal(broken.soFar.fault.code, 'model-slow')
    assert.equal(broken.soFar.working, false)
  })

  test('that failed says so where it was asked for, not over the stage', () => {
    const view = after(asked, fault('nothing-said', 'summarise'))

    assert.equal(view.fault, null)
    assert.equal(view.soFar.fault.code, 'nothing-said')
    assert.equal(after(view, {type: 'summarising'}).soFar.fault, null)
  })

  test('is forgotten when the sign goes off, and one that comes late is not taken in', () => {
    const off = after(asked, {type: 'summary', summary}, sign('summary', false))
    assert.deepEqual(off.soFar, open.soFar)

    assert.deepEqual(after(off, {type: 'summary', summary}).soFar, open.soFar)
  })

  test('does not come any more when the connection was lost', () => {
    const lost = after(asked, {type: 'lost'})

    assert.equal(lost.soFar.working, false)
    assert.equal(lost.soFar.fault.code, 'connection-lost')
  })

  test('goes when one’s own words were erased', () => {
    const view = after(asked, {type: 'summary', summary})

    for (const feature of ['transcript', 'summary'])
      assert.equal(after(view, {type: 'erased', feature, files: 0}).soFar.summary, null)
    assert.equal(
      after(view, {type: 'erased', feature: 'recording', files: 2}).soFar.summary,
      summary,
    )
  })
})

describe('a draft', () => {
  const begun = after(open, drafting(), words('I say '))
  const whole = after(begun, words('yes.'), done())

  test('grows by what comes, until it is done', () => {
    assert.deepEqual([begun.draft.text, begun.draft.state], ['I say ', 'streaming'])
    assert.deepEqual([whole.draft.text, whole.draft.state], ['I say yes.', 'ready'])
    assert.deepEqual(whole.draft.wish, WISH)
  })

  test('that had to stop before its end says so', () => {
    assert.equal(after(begun, done(true)).draft.state, 'cut')
  })

  test('takes nothing of another one, and nothing after its end', () => {
    assert.equal(after(begun, words('else', 'd0')), begun)
    assert.equal(after(begun, done(false, 'd0')), begun)
    assert.equal(after(begun, failed('model-broken', 'd0')), begun)
    assert.equal(after(whole, words('more')), whole)
    assert.equal(after(whole, failed('model-broken')), whole)
  })

  test('takes the place of the one before', () => {
    const next = after(begun, drafting('d2'), words('late of the first'), words('New', 'd2'))

    assert.deepEqual([next.draft.id, next.draft.text], ['d2', 'New'])
  })

  test('can be stopped, and what came stays', () => {
    const stopped = after(begun, {type: 'draft-stopped'}, words('late'))

    assert.deepEqual([stopped.draft.text, stopped.draft.state], ['I say ', 'stopped'])
    assert.equal(after(open, drafting(), {type: 'draft-stopped'}).draft, null)
    assert.equal(after(whole, {type: 'draft-stopped'}), whole)
  })

  test('can be dropped, and nothing of it comes back', () => {
    assert.equal(after(begun, {type: 'draft-gone'}, words('late'), done()).draft, null)
  })

  test('that failed keeps what came, and no fault lies over the stage', () => {
    for (const message of [failed('model-broken'), fault('model-broken', 'draft')]) {
      const view = after(begun, message)

      assert.deepEqual([view.draft.text, view.draft.state], ['I say ', 'failed'])
      assert.equal(view.draft.fault.code, 'model-broken')
      assert.equal(view.fault, null)
    }
  })

  test('of quotes fails like any other', () => {
    const view = after(
      open,
      drafting('d1', {kind: 'recap', length: 'short'}),
      fault('nothing-said', 'recap'),
    )

    assert.equal(view.draft.fault.code, 'nothing-said')
  })

  test('goes when the sign goes off, whole or not, in one sentence', () => {
    for (const draft of [begun, whole]) {
      const off = after(draft, sign('compose', false), words('late'))

      assert.equal(off.draft, null)
      assert.deepEqual(off.word, dropped)
    }
  })

  test('goes in the same one sentence when the server says first that the gate closed', () => {
    for (const first of [failed('unknown-opening'), fault('unknown-opening', 'draft')]) {
      const view = after(begun, first)
      assert.equal(view.draft, null)

      assert.deepEqual(after(view, sign('compose', false)).word, dropped)
    }
  })

  test('goes when it was whole already and the gate closed under it', () => {
    assert.equal(after(whole, failed('unknown-opening')).draft, null)
  })

  test('leaves the usual word to an off that took no draft', () => {
    assert.equal(after(open, sign('compose', false)).word.kind, 'sign-off')
    const later = after(begun, sign('compose', false), sign('compose', true, 'anew'))

    assert.equal(after(later, sign('compose', false)).word.kind, 'sign-off')
  })

  test('stops growing when the connection is lost, and goes where the gate closed meanwhile', () => {
    const lost = after(begun, {type: 'lost'})
    assert.deepEqual([lost.draft.state, lost.draft.fault.code], ['failed', 'connection-lost'])
    const closed = [...on.slice(0, 2), sign('compose', false)]

    assert.equal(after(lost, welcome(on)).draft.text, 'I say ')
    assert.equal(after(lost, welcome(closed)).draft, null)
    assert.deepEqual(after(lost, welcome(closed)).word, dropped)
  })

  test('goes with the meeting', () => {
    assert.equal(after(begun, {type: 'ended'}).draft, null)
  })

  test('that was to be dropped and was gone already is no fault', () => {
    assert.equal(after(open, fault('unknown-opening', 'drop-draft')), open)
  })
})
