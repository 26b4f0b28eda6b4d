import assert from 'node:assert/strict'
import {readFileSync} from 'node:fs'
import {describe, test} from 'node:test'

import {reduce} from '../../../static/room/reduce.js'
import {unreachable} from '../../../static/wire/messages.js'
import {initial} from '../../../static/room/view.js'

const NOW = Date.parse('2026-11-22T10:42:00Z')
const AT = '2026-11-22T10:42:00.000Z'
const examples = JSON.parse(
  readFileSync(new URL('../../wire/messages.json', import.meta.url), 'utf8'),
)
const {people} = examples.server.find(({type}) => type === 'welcome')
const [ada, bo] = people

/** A deep-frozen view: whoever mutates it throws. */
function frozen(value) {
  if (Object.isFrozen(value)) return value
  if (value instanceof Set) {
    value.add = value.delete = value.clear = () => assert.fail('a view is never mutated')
  } else if (typeof value === 'object' && value !== null) Object.values(value).forEach(frozen)
  return Object.freeze(value)
}

const after = (view, ...messages) =>
  messages.reduce((next, message) => frozen(reduce(frozen(next), message, NOW)), view)

const joining = (choices = {}) => ({
  type: 'joining',
  you: ada.id,
  choices: new Map(Object.entries(choices)),
  at: AT,
})
const welcome = (answers = {}, more = {}) => ({
  type: 'welcome',
  you: ada.id,
  resume: 'r',
  host: true,
  people,
  screens: [],
  signs: [sign('recording', false), sign('summary', false)],
  offerings: [offering('recording', true), offering('summary', true)],
  answers: Object.entries(answers).map(([feature, decision]) => ({feature, decision})),
  chat: [],
  grace: 30,
  ice: {type: 'ice', servers: [], relay_only: false},
  after: 'me.mac',
  door: {locked: false, knock: false},
  knocks: [],
  ...more,
})
const sign = (feature, on) => ({type: 'sign', feature, on, since: on ? AT : null})
const offering = (feature, offered) => ({
  type: 'offering',
  feature,
  offered,
  notices: [`${feature}-1`],
})
const chose = (feature, decision) => ({type: 'chose', feature, decision, at: AT})
const asked = feature => ({type: 'asked', feature})
const decided = (feature, decision) => ({type: 'decided', feature, decision})
const lapsed = feature => ({type: 'lapsed', feature})
const fault = (code, about, feature = null) => ({type: 'fault', code, detail: '…', about, feature})
const line = (number, sender = bo.id) => ({
  type: 'chat-line',
  number,
  sender,
  name: 'Bo',
  text: 'Hello',
  at: AT,
})

const idle = initial(['recording', 'summary'])
const open = after(idle, joining(), welcome())
const granted = after(open, chose('recording', 'granted'), decided('recording', 'granted'))
const onAir = after(granted, sign('recording', true))

describe('every message', () => {
  for (const message of examples.server)
    test(`${message.type} is handled, and changes no view that exists`, () => {
      assert.ok(after(open, message))
    })

  test('an unknown one is a mistake of ours', () => {
    assert.throws(() => reduce(idle, {type: 'new-word'}, NOW), TypeError)
    assert.throws(() => unreachable({type: 'new-word'}), TypeError)
  })
})

describe('own answers', () => {
  test('are unset at first, for every feature', () => {
    for (const answer of Object.values(open.answers))
      assert.deepEqual(answer, {decision: null, pending: false, at: null})
  })

  test('a yes is pending until the server says decided', () => {
    const pressed = after(open, chose('recording', 'granted'))

    assert.deepEqual(pressed.answers.recording, {decision: 'granted', pending: true, at: AT})
    assert.equal(granted.answers.recording.pending, false)
  })

  test('a no holds at once', () => {
    const {answers} = after(granted, chose('recording', 'declined'))

    assert.deepEqual(answers.recording, {decision: 'declined', pending: false, at: AT})
  })

  test('one answer never changes another', () => {
    assert.equal(granted.answers.summary.decision, null)
  })

  test('a yes on its way back cannot overtake a later no', () => {
    const view = after(
      open,
      chose('recording', 'granted'),
      chose('recording', 'declined'),
      decided('recording', 'granted'),
    )

    assert.equal(view.answers.recording.decision, 'declined')
  })

  test('a no on its way back does not undo a later yes', () => {
    const view = after(
      granted,
      chose('recording', 'declined'),
      chose('recording', 'granted'),
      decided('recording', 'declined'),
    )

    assert.deepEqual(view.answers.recording, {decision: 'granted', pending: true, at: AT})
  })

  test('a no of the server closes what was thought to be granted', () => {
    const {answers} = after(granted, decided('recording', 'declined'))

    assert.equal(answers.recording.decision, 'declined')
  })

  test('a refused yes is unset again, and the fault is shown', () => {
    const view = after(
      open,
      chose('recording', 'granted'),
      fault('ledger-unavailable', 'decide', 'recording'),
    )

    assert.equal(view.answers.recording.decision, null)
    assert.equal(view.fault.code, 'ledger-unavailable')
    assert.equal(after(view, {type: 'fault-dismissed'}).fault, null)
  })

  test('a no that was said twice is no fault', () => {
    const view = after(open, chose('recording', 'declined'))

    assert.equal(after(view, fault('replayed-statement', 'decide', 'recording')), view)
  })

  test('a refusal that names no feature unsets every pending yes, and nothing else', () => {
    const view = after(granted, chose('summary', 'granted'), fault('rate-limited', 'decide'))

    assert.equal(view.answers.summary.decision, null)
    assert.equal(view.answers.recording.decision, 'granted')
  })

  test('that have lapsed are unset, whatever they were, and asked again', () => {
    for (const decision of ['granted', 'declined']) {
      const pressed = after(granted, chose('recording', decision), decided('recording', decision))
      const view = after(pressed, lapsed('recording'))

      assert.equal(view.answers.recording.decision, null)
      assert.deepEqual(after(view, asked('recording')).asks, ['recording'])
    }
  })

  test('that lapse while a newer yes is on its way stay pending', () => {
    const view = after(open, chose('recording', 'granted'), lapsed('recording'))

    assert.deepEqual(view.answers.recording, {decision: 'granted', pending: true, at: AT})
    assert.equal(after(view, decided('recording', 'granted')).answers.recording.decision, 'granted')
  })

  test('a no on its way when answers lapse holds once it was heard', () => {
    const view = after(granted, chose('recording', 'declined'), lapsed('recording'))

    assert.equal(
      after(view, decided('recording', 'declined')).answers.recording.decision,
      'declined',
    )
  })

  test('a question and its mark go with what has lapsed', () => {
    const prompted = after(open, asked('recording'), lapsed('recording'))
    const marked = after(open, chose('recording', 'declined'), asked('recording'))

    assert.deepEqual(prompted.asks, [])
    assert.equal(after(marked, lapsed('recording')).marks.size, 0)
  })

  test('a yes to outdated words is unset and asked again', () => {
    const view = after(
      open,
      chose('recording', 'granted'),
      fault('notice-outdated', 'decide', 'recording'),
    )

    assert.equal(view.answers.recording.decision, null)
    assert.deepEqual(view.asks, ['recording'])
  })

  test('a yes from the lobby to outdated words is asked again, once', () => {
    const outdated = fault('notice-outdated', 'decide', 'recording')
    const view = after(idle, joining({recording: 'granted'}), welcome(), outdated, outdated)

    assert.deepEqual(view.asks, ['recording'])
  })

  test('a lobby yes that the server does not hold is unset', () => {
    const view = after(
      idle,
      joining({recording: 'granted', summary: 'granted'}),
      welcome({summary: 'granted'}),
    )

    assert.equal(view.answers.recording.decision, null)
    assert.deepEqual(view.answers.summary, {decision: 'granted', pending: false, at: AT})
  })
})

describe('the prompt', () => {
  test('is due for who has not answered, once, in the order of asking', () => {
    const {asks} = after(open, asked('summary'), asked('recording'), asked('summary'))

    assert.deepEqual(asks, ['summary', 'recording'])
  })

  test('is a silent mark for who has said no', () => {
    const view = after(open, chose('recording', 'declined'), asked('recording'))

    assert.deepEqual(view.asks, [])
    assert.deepEqual([...view.marks], ['recording'])
  })

  test('is nothing for who has said yes, not even while it is pending', () => {
    assert.equal(after(granted, asked('recording')), granted)
    assert.deepEqual(after(open, chose('summary', 'granted'), asked('summary')).asks, [])
  })

  describe('for what is not prompted for', () => {
    const quiet = after(
      initial(['recording', 'summary'], new Set(['summary'])),
      joining(),
      welcome(),
    )

    test('is a silent mark, and nothing opens', () => {
      const view = after(quiet, asked('summary'), asked('recording'))

      assert.deepEqual(view.asks, ['recording'])
      assert.deepEqual([...view.marks], ['summary'])
      assert.equal(view.answers.summary.decision, null)
    })

    test('is nothing for who has allowed it in the gate panel', () => {
      const view = after(quiet, chose('summary', 'granted'), asked('summary'))

      assert.deepEqual([...view.marks], [])
    })

    test('stays a mark when the wording has changed', () => {
      const view = after(
        quiet,
        chose('summary', 'granted'),
        fault('notice-outdated', 'decide', 'summary'),
      )

      assert.deepEqual(view.asks, [])
      assert.deepEqual([...view.marks], ['summary'])
      assert.equal(view.answers.summary.decision, null)
    })

    test('closes when the facts change so', () => {
      const view = after(open, asked('summary'), asked('recording'), {
        type: 'offered',
        unprompted: new Set(['summary']),
      })

      assert.deepEqual(view.asks, ['recording'])
    })
  })

  for (const decision of ['granted', 'declined'])
    test(`goes when the answer is ${decision}, and so does the mark`, () => {
      const prompted = after(open, asked('recording'), chose('recording', decision))
      const marked = after(
        open,
        chose('recording', 'declined'),
        asked('recording'),
        chose('recording', decision),
      )

      assert.deepEqual(prompted.asks, [])
      assert.deepEqual([...marked.marks], [])
    })
})

describe('the two ends', () => {
  test('appear when one withdraws while the sign is on', () => {
    const {ends} = after(onAir, chose('recording', 'declined'))

    assert.deepEqual(ends, [{feature: 'recording', since: AT, at: AT}])
  })

  test('do not appear while the sign is off', () => {
    assert.deepEqual(after(granted, chose('recording', 'declined')).ends, [])
  })

  test('do not appear when somebody else, or nobody knows who, turned it off', () => {
    assert.deepEqual(after(onAir, sign('recording', false)).ends, [])
  })

  test('stay when the sign goes off, until one is chosen', () => {
    const stopped = after(onAir, chose('recording', 'declined'), sign('recording', false))

    assert.equal(stopped.ends.length, 1)
    assert.deepEqual(after(stopped, {type: 'kept', feature: 'recording'}).ends, [])
  })

  test('go when the part is erased, and a word says so', () => {
    const view = after(onAir, chose('recording', 'declined'), {
      type: 'erased',
      feature: 'recording',
      files: 2,
    })

    assert.deepEqual(view.ends, [])
    assert.deepEqual(view.word, {kind: 'erased', feature: 'recording', at: NOW})
  })

  test('go when one allows it again', () => {
    const view = after(onAir, chose('recording', 'declined'), chose('recording', 'granted'))

    assert.deepEqual(view.ends, [])
  })
})

describe('the sign', () => {
  test('says on and off, in a word each time', () => {
    const off = after(onAir, sign('recording', false))

    assert.deepEqual(onAir.signs.recording, {on: true, since: AT})
    assert.deepEqual(onAir.word, {kind: 'sign-on', feature: 'recording', at: NOW})
    assert.deepEqual(off.signs.recording, {on: false, since: null})
    assert.deepEqual(off.word, {kind: 'sign-off', feature: 'recording', at: NOW})
  })

  test('says nothing when nothing has changed', () => {
    assert.equal(after(open, sign('recording', false)).word, null)
  })

  test('is not announced on arrival', () => {
    const view = after(idle, joining(), welcome({}, {signs: [sign('recording', true)]}))

    assert.equal(view.signs.recording.on, true)
    assert.equal(view.word, null)
  })

  test('is off for everything when the meeting is over', () => {
    for (const over of [{type: 'ended'}, {type: 'gone', phase: 'left', fault: null}])
      assert.equal(after(onAir, over).signs.recording.on, false)
  })

  test('never changes with one’s own choice: it follows the sinks', () => {
    assert.equal(after(onAir, chose('recording', 'declined')).signs.recording.on, true)
  })
})

describe('a lost connection', () => {
  const lost = after(onAir, line(1), {type: 'lost'})

  test('is said, and only of an open meeting', () => {
    assert.equal(lost.phase, 'lost')
    assert.equal(after(idle, joining(), {type: 'lost'}).phase, 'joining')
  })

  test('leaves no sign known: neither on nor off', () => {
    assert.deepEqual(lost.signs.recording, {on: null, since: AT})
    assert.deepEqual(lost.signs.summary, {on: null, since: null})
  })

  test('ends what was said of a sign, and nothing else that was said', () => {
    assert.equal(onAir.word?.kind, 'sign-on')
    assert.equal(lost.word, null)
    const gone = {...onAir, word: {kind: 'erased', feature: 'recording', at: NOW}}
    assert.deepEqual(after(gone, {type: 'lost'}).word, gone.word)
  })

  test('ends with a word of each feature that is on, as when it went on', () => {
    const signs = [sign('recording', true), sign('summary', true)]
    const both = after(lost, welcome({recording: 'granted'}, {signs}))
    const [recording, summary] = ['recording', 'summary'].map(feature => ({
      kind: 'on-again',
      feature,
      since: AT,
      at: NOW,
    }))
    assert.deepEqual(both.word, {...recording, also: [summary]})
    assert.deepEqual(both.signs.recording, {on: true, since: AT})

    const mixed = after(lost, welcome({}, {signs: [sign('recording', false), signs[1]]}))
    const off = {kind: 'sign-off', feature: 'recording', at: NOW}
    assert.deepEqual(mixed.word, {...off, also: [summary]})
  })

  test('has no word of what was off and is off', () => {
    const before = after(open, {type: 'lost'})

    assert.equal(after(before, welcome()).word, null)
  })

  test('leaves the two ends to a no that is said meanwhile of what was on', () => {
    const view = after(lost, chose('recording', 'declined'))

    assert.deepEqual(view.ends, [{feature: 'recording', since: AT, at: AT}])
  })

  test('ends with the server’s account of people, signs and answers, and missed chat', () => {
    const back = after(
      lost,
      welcome({recording: 'granted'}, {people: [ada], chat: [line(2), line(3)], host: false}),
    )

    assert.equal(back.phase, 'open')
    assert.deepEqual(back.people, [ada])
    assert.equal(back.host, false)
    assert.equal(back.signs.recording.on, false)
    assert.deepEqual(back.word, {kind: 'sign-off', feature: 'recording', at: NOW})
    assert.equal(back.answers.recording.decision, 'granted')
    assert.deepEqual(
      back.chat.map(({number}) => number),
      [1, 2, 3],
    )
    assert.equal(back.unread, 3)
  })

  test('unsets a yes that the server holds no longer', () => {
    assert.equal(after(lost, welcome()).answers.recording.decision, null)
  })

  test('keeps a no that was pressed meanwhile, whatever the server holds', () => {
    const back = after(lost, chose('recording', 'declined'), welcome({recording: 'granted'}))

    assert.equal(back.answers.recording.decision, 'declined')
  })

  test('keeps a yes that was pressed meanwhile pending', () => {
    const back = after(lost, chose('summary', 'granted'), welcome({recording: 'granted'}))

    assert.equal(back.answers.summary.pending, true)
  })

  test('shows no fault for what the wire mends by itself', () => {
    for (const about of ['resume', 'signal', 'tap-offer', 'ping'])
      assert.equal(after(lost, fault('out-of-order', about)).fault, null)
    assert.equal(after(lost, fault('out-of-order', 'erase')).fault.code, 'out-of-order')
    assert.equal(after(lost, fault('tap-limit', 'tap-offer')).fault.code, 'tap-limit')
  })
})

describe('the roster', () => {
  test('follows who comes, changes and goes, in order of arrival', () => {
    const cy = {...bo, id: 'cy', name: 'Cy'}
    const away = {...bo, present: false}
    const view = after(open, {type: 'joined', person: cy}, {type: 'changed', person: away})

    assert.deepEqual(view.people, [ada, away, cy])
    assert.deepEqual(after(view, {type: 'left', participant: bo.id, removed: false}).people, [
      ada,
      cy,
    ])
  })

  test('shows one’s own hand and media at once', () => {
    const media = {
      type: 'media',
      microphone: false,
      camera: true,
      screen: true,
      screen_audio: false,
    }
    const view = after(open, {type: 'raising', raised: true}, {type: 'showing', media})

    assert.deepEqual(view.people[0], {...ada, hand: true, media})
    assert.deepEqual(view.people[1], bo)
  })
})

test('a way that is missing is seen, and the same way changes no view', () => {
  const paths = {type: 'paths', unreached: [bo.id], unheard: ['recording']}
  const view = after(open, paths)

  assert.deepEqual([view.unreached, view.unheard], [[bo.id], ['recording']])
  assert.equal(after(view, paths), view)
  assert.deepEqual(after(view, {...paths, unreached: []}).unreached, [])
})

describe('shared screens', () => {
  const shares = (person, screen) => ({
    type: 'changed',
    person: {...person, media: {...person.media, screen}},
  })

  test('are in the order in which the server tells of them, the newest last', () => {
    const media = {type: 'media', microphone: true, camera: true, screen: true}
    const both = after(open, {type: 'showing', media}, shares(bo, true), shares(ada, true))
    assert.deepEqual(both.screens, [bo.id, ada.id])
    assert.equal(after(both, shares(ada, true)).screens, both.screens)

    assert.deepEqual(after(both, shares(bo, false)).screens, [ada.id])
    assert.deepEqual(after(both, {type: 'left', participant: bo.id, removed: false}).screens, [
      ada.id,
    ])
    assert.deepEqual(after(both, shares(bo, false), shares(bo, true)).screens, [ada.id, bo.id])
  })

  test('are in that order for somebody who comes later', () => {
    const late = after(idle, joining(), welcome({}, {screens: [bo.id, ada.id]}))

    assert.deepEqual(late.screens, [bo.id, ada.id])
  })
})

describe('the host’s requests', () => {
  const requested = (fresh, wait) => ({
    type: 'requested',
    feature: 'recording',
    asked: fresh,
    ask_again_in: wait,
  })

  test('say when everybody was asked, and when that is possible again', () => {
    const {requests} = after(open, requested(true, 300))

    assert.deepEqual(requests, {recording: {askedAt: NOW, againAt: NOW + 300_000}})
  })

  test('keep the time of asking when asking again asked nobody', () => {
    const first = after(open, requested(true, 300))
    const {requests} = reduce(first, requested(false, 200), NOW + 100_000)

    assert.deepEqual(requests.recording, {askedAt: NOW, againAt: NOW + 300_000})
  })

  test('end with a cancel, and with what a departure ends', () => {
    const asking = after(open, requested(true, 300))
    const left = {type: 'left', participant: bo.id, removed: false}

    assert.deepEqual(after(asking, {type: 'cancelled', feature: 'recording'}).requests, {})
    assert.deepEqual(after(asking, lapsed('recording')).requests, {})
    assert.ok(after(asking, left).requests.recording)
  })
})

describe('chat, reactions and receipts', () => {
  test('lines of others are unread until read; one’s own never are', () => {
    const view = after(open, line(1), line(2, ada.id))

    assert.equal(view.unread, 1)
    assert.equal(after(view, {type: 'chat-read'}).unread, 0)
  })

  test('what addresses oneself is told until it is read, missed lines included', () => {
    const forAda = {...line(1), text: 'Look, @ada'}
    assert.equal(after(open, line(1)).mentioned, false)
    const view = after(open, forAda, line(2))
    assert.equal(view.mentioned, true)
    assert.equal(after(view, {type: 'chat-read'}).mentioned, false)
    assert.equal(after(open, {type: 'lost'}, welcome({}, {chat: [forAda]})).mentioned, true)
    assert.equal(after(open, {...forAda, sender: ada.id}).mentioned, false)
  })

  test('a line of one’s own waits until the server has sent it to everybody', () => {
    const wrote = text => ({type: 'wrote', text})
    const view = after(open, wrote('one'), wrote('two'))
    assert.deepEqual(
      view.waiting.map(({text, at}) => [text, at]),
      [
        ['one', NOW],
        ['two', NOW],
      ],
    )
    assert.equal(new Set(view.waiting.map(({key}) => key)).size, 2)
    assert.deepEqual(after(view, line(1)).waiting, view.waiting)
    assert.deepEqual(after(view, line(1, ada.id)).waiting, view.waiting.slice(1))
    const missed = welcome({}, {chat: [line(1), line(2, ada.id)]})
    assert.deepEqual(after(view, {type: 'lost'}, missed).waiting, view.waiting.slice(1))
  })

  test('a line that the server refused waits no longer, and the refusal is told', () => {
    const view = after(open, {type: 'wrote', text: 'one'}, fault('out-of-order', 'chat'))

    assert.deepEqual(view.waiting, [])
    assert.equal(view.fault.code, 'out-of-order')
  })

  test('the last dozen of reactions are kept', () => {
    const many = Array.from({length: 20}, (_, n) => ({
      type: 'reaction',
      sender: `p${n}`,
      reaction: 'heart',
    }))
    const {reactions} = after(open, ...many)

    assert.equal(reactions.length, 12)
    assert.deepEqual(reactions.at(-1), {sender: 'p19', reaction: 'heart', at: NOW})
  })

  test('every receipt is kept, for grant and withdrawal', () => {
    const receipt = event => ({type: 'receipt', feature: 'recording', event, receipt: 'a.b.c'})
    const {receipts} = after(open, receipt('granted'), receipt('withdrawn'))

    assert.deepEqual(
      receipts.map(({event, at}) => [event, at]),
      [
        ['granted', AT],
        ['withdrawn', AT],
      ],
    )
  })
})

test('joining again begins with nothing of before', () => {
  const view = after(onAir, line(1), {type: 'gone', phase: 'refused', fault: null}, joining())

  const {marks, ...rest} = view
  assert.equal(marks.size, 0)
  assert.deepEqual({...rest, marks: idle.marks}, {...idle, phase: 'joining', you: ada.id})
})
