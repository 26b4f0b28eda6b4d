import assert from 'node:assert/strict'
import {readFileSync, readdirSync} from 'node:fs'
import {beforeEach, describe, test} from 'node:test'

import {parting} from '../../../static/room/farewell.js'
import {reduce} from '../../../static/room/reduce.js'
import {Session} from '../../../static/room/session.js'
import {initial} from '../../../static/room/view.js'
import {FakeWorld, MemoryKeyStore, installWebRtc, settle, until} from '../fakes.js'

const NOW = Date.parse('2026-11-28T10:42:00Z')
const off = {
  type: 'media',
  microphone: false,
  camera: false,
  screen: false,
  screen_audio: false,
}
const voice = {kind: 'audio', contentHint: ''}
const person = (id, more = {}) => ({
  id,
  name: id,
  host: false,
  present: true,
  hand: false,
  media: off,
  ...more,
})
const knock = (participant, removed = false) => ({
  type: 'knock',
  participant,
  name: participant,
  removed,
})
const fault = (code, about) => ({type: 'fault', code, detail: '…', about, feature: null})
const sign = on => ({type: 'sign', feature: 'recording', on, since: null})
const left = (participant, removed) => ({type: 'left', participant, removed})
const welcome = (you, more = {}) => ({
  type: 'welcome',
  you,
  resume: 's3cret',
  host: true,
  people: [person(you, {host: true}), person('Bo'), person('Cy')],
  screens: [],
  signs: [sign(false)],
  offerings: [],
  answers: [],
  chat: [],
  grace: 30,
  ice: {type: 'ice', servers: [], relay_only: false},
  after: `${you}.mac`,
  door: {locked: false, knock: true},
  knocks: [],
  ...more,
})

describe('the door in a view', () => {
  const heard = (view, ...messages) =>
    messages.reduce((next, message) => reduce(next, message, NOW), view)
  const open = heard(initial(['recording']), welcome('Ada'))
  const names = ({knocks}) => knocks.map(({name}) => name)
  const words = ({word}) => [word, ...(word?.also ?? [])].map(each => [each.kind, each.name])

  test('is as the welcome says, and as it was said last', () => {
    assert.deepEqual(open.door, {locked: false, knock: true})
    const locked = heard(open, {type: 'door', locked: true, knock: false})
    assert.deepEqual(locked.door, {locked: true, knock: false})
  })

  test('lists who waits, each once, in the order in which they came', () => {
    const view = heard(open, knock('Noor'), knock('Eve', true), knock('Noor', true))
    assert.deepEqual(names(view), ['Noor', 'Eve'])
    assert.deepEqual(
      view.knocks.map(({removed}) => removed),
      [true, true],
    )
    assert.deepEqual(names(heard(view, {type: 'knock-over', participant: 'Noor'})), ['Eve'])
  })

  test('knows of nobody who waits while the connection is lost', () => {
    const lost = heard(open, knock('Noor'), {type: 'handling', participant: 'Noor'}, {type: 'lost'})
    assert.deepEqual([names(lost), lost.handled], [[], []])

    const {participant, name, removed} = knock('Eve')
    const back = heard(lost, welcome('Ada', {knocks: [{participant, name, removed}]}))
    assert.deepEqual(names(back), ['Eve'])
  })

  test('what a host does about one is on its way until it has happened, or is refused', () => {
    const handling = ['Noor', 'Bo'].map(participant => ({type: 'handling', participant}))
    const view = heard(open, knock('Noor'), ...handling)
    assert.deepEqual(view.handled, ['Noor', 'Bo'])
    assert.deepEqual(heard(view, {type: 'knock-over', participant: 'Noor'}).handled, ['Bo'])
    assert.deepEqual(heard(view, left('Bo', true)).handled, ['Noor'])
    for (const about of ['admit', 'turn-away', 'remove'])
      assert.deepEqual(heard(view, fault('room-full', about)).handled, [])
    assert.deepEqual(heard(view, fault('not-host', 'request')).handled, ['Noor', 'Bo'])
  })

  test('a refusal is told in words about somebody who waits', () => {
    const told = (code, about) => heard(open, fault(code, about)).fault.code
    assert.equal(told('unknown-participant', 'admit'), 'knock-gone')
    assert.equal(told('unknown-participant', 'turn-away'), 'knock-gone')
    assert.equal(told('unknown-participant', 'remove'), 'unknown-participant')
    assert.equal(told('room-full', 'admit'), 'room-full')
  })

  test('everybody is told alike who was removed, and who was not let in', () => {
    assert.deepEqual(words(heard(open, left('Bo', true))), [['removed', 'Bo']])
    assert.deepEqual(words(heard(open, {type: 'turned-away', name: 'Eve'})), [
      ['turned-away', 'Eve'],
    ])
    assert.equal(heard(open, left('Bo', false)).word, null)
  })

  test('that, and what goes off with it, is said in one breath, in whatever order', () => {
    const on = heard(open, sign(true))
    assert.deepEqual(words(heard({...on, word: null}, left('Bo', true), sign(false))), [
      ['sign-off', undefined],
      ['removed', 'Bo'],
    ])
    assert.deepEqual(words(heard({...on, word: null}, sign(false), left('Bo', true))), [
      ['removed', 'Bo'],
      ['sign-off', undefined],
    ])
    const both = heard(open, left('Bo', true), left('Cy', true))
    assert.deepEqual(words(both), [
      ['removed', 'Cy'],
      ['removed', 'Bo'],
    ])
    const later = reduce(heard(on, left('Bo', true)), sign(false), NOW + 2000)
    assert.deepEqual(words(later), [['sign-off', undefined]])
  })

  test('a question that nobody was asked has no time at which it was', () => {
    const requested = asked => ({type: 'requested', feature: 'recording', asked, ask_again_in: 60})
    assert.equal(heard(open, requested(false)).requests.recording.askedAt, null)
    assert.equal(heard(open, requested(true), requested(false)).requests.recording.askedAt, NOW)
    const lapsed = {type: 'lapsed', feature: 'recording'}
    const again = heard(open, requested(true), lapsed, requested(false))
    assert.deepEqual(again.requests.recording, {askedAt: null, againAt: NOW + 60_000})
  })
})

describe('a farewell', () => {
  const how = (...given) => {
    const {phase, fault: seen} = parting(...given)
    return [phase, seen?.code ?? null]
  }

  test('says who was removed, in the room or at its door', () => {
    assert.deepEqual(how(1000, fault('removed', 'join'), 'open'), ['left', 'removed'])
    assert.deepEqual(how(1000, fault('not-host', 'end'), 'open'), ['left', null])
    assert.deepEqual(how(4000, fault('not-let-in', 'join'), 'waiting'), ['refused', 'not-let-in'])
  })

  test('without a word to those who wait is the end of the meeting', () => {
    assert.deepEqual(how(1000, null, 'waiting'), ['ended', null])
    assert.deepEqual(how(1000, null, 'open'), ['left', null])
  })
})

class Scene {
  world = new FakeWorld()

  constructor() {
    installWebRtc()
    const facts = {features: [{id: 'recording', notices: {en: {digest: 'rec'}}}]}
    this.session = new Session('r00m', facts, {
      language: 'en',
      url: 'wss://here/socket',
      store: new MemoryKeyStore(),
      surroundings: this.world,
    })
  }

  get socket() {
    return this.world.socket
  }

  get view() {
    return this.session.view
  }

  async said(...types) {
    await until(() => this.socket.types.join() === types.join())
  }

  async hello() {
    this.socket.says({type: 'hello', protocol: 4, challenge: 'c', life: 'l1'})
  }

  async comes(after) {
    const tracks = {microphone: voice, camera: null}
    this.done = false
    const joined = this.session.join({name: 'Ada', host: null, after, choices: new Map(), tracks})
    this.joined = joined.then(() => (this.done = true))
    await until(() => this.world.sockets.length === 1)
    await this.hello()
    await this.said('join')
    return this
  }

  async waits() {
    await this.comes()
    this.socket.says({type: 'waiting'})
    return this
  }

  async isIn() {
    await this.comes()
    this.socket.says(welcome(this.view.you))
    await this.joined
    return this
  }

  async reconnects() {
    this.socket.ends(1006)
    this.world.clock.pass(5_000)
    await this.hello()
  }
}

let scene
beforeEach(() => (scene = new Scene()))

describe('who knocks', () => {
  test('waits until the host lets them in', async () => {
    await scene.waits()
    await settle()
    assert.deepEqual([scene.view.phase, scene.view.told, scene.done], ['waiting', true, false])

    scene.socket.says(welcome(scene.view.you))
    await scene.joined
    assert.equal(scene.view.phase, 'open')
  })

  test('is not let in twice by another press', async () => {
    await scene.waits()
    void scene.session.join({name: 'Ada', host: null, choices: new Map(), tracks: {}})
    await settle()

    assert.deepEqual([scene.world.sockets.length, scene.socket.types], [1, ['join']])
  })

  test('is there as long as they wait', async () => {
    await scene.waits()
    for (let times = 0; times < 10; times++) {
      scene.world.clock.pass(4_000)
      scene.socket.says({type: 'pong'})
    }
    assert.equal(scene.world.sockets.length, 1)
    assert.deepEqual(new Set(scene.socket.types), new Set(['join', 'ping']))
    scene.world.clock.pass(13_000)
    assert.equal(scene.view.told, false)
  })

  test('knocks again where the connection was lost, and is told so', async () => {
    await scene.waits()
    await scene.reconnects()
    assert.deepEqual([scene.view.phase, scene.view.told], ['waiting', false])
    await scene.said('join')

    scene.socket.says({type: 'waiting'})
    assert.equal(scene.view.told, true)
    scene.socket.says(welcome(scene.view.you))
    await scene.joined
  })

  test('says nothing of themselves but what is on, what they choose, and whether they go', async () => {
    await scene.waits()
    scene.session.setTrack('microphone', null)
    scene.session.acts.chat('Let me in!')
    await scene.session.decide('recording', 'declined')
    assert.deepEqual(scene.socket.types, ['join', 'media', 'decide'])
    assert.equal(scene.socket.sent[1].microphone, false)

    scene.session.leave()
    await scene.joined
    assert.deepEqual(scene.socket.types, ['join', 'media', 'decide', 'leave'])
    assert.deepEqual([scene.view.phase, scene.view.after], ['left', ''])
    assert.equal(scene.world.clock.waiting, 0)
  })

  for (const code of ['not-let-in', 'room-locked', 'room-full'])
    test(`${code} is a refusal, and one may try again`, async () => {
      await (code === 'not-let-in' ? scene.waits() : scene.comes())
      scene.socket.says(fault(code, 'join'))
      scene.socket.ends(4000)
      await scene.joined

      assert.deepEqual([scene.view.phase, scene.view.fault.code], ['refused', code])
      void scene.session.join({name: 'Ada', host: null, choices: new Map(), tracks: {}})
      await until(() => scene.world.sockets.length === 2)
      assert.equal(scene.view.phase, 'joining')
    })

  test('a meeting that ends meanwhile is over for them, too', async () => {
    await scene.waits()
    scene.socket.ends(1000)
    await scene.joined

    assert.equal(scene.view.phase, 'ended')
  })
})

describe('who was here before', () => {
  test('says so, with what the page had kept', async () => {
    await scene.comes('kept.mac')
    assert.equal(scene.socket.sent[0].after, 'kept.mac')
  })

  test('says so with what the last welcome gave, where the seat is lost', async () => {
    await scene.isIn()
    assert.equal(scene.socket.sent[0].after, null)
    await scene.reconnects()
    scene.socket.says(fault('resume-unknown', 'resume'))
    await scene.said('resume', 'join')

    assert.equal(scene.socket.sent[1].after, `${scene.view.you}.mac`)
  })

  test('and has to knock all the same was removed meanwhile: whether to ask again is theirs', async () => {
    await scene.isIn()
    await scene.reconnects()
    scene.socket.says(fault('resume-unknown', 'resume'))
    await scene.said('resume', 'join')
    scene.socket.says({type: 'waiting'})

    assert.deepEqual([scene.view.phase, scene.view.fault.code], ['left', 'removed'])
    assert.equal(scene.socket.readyState, 3)
    assert.equal(scene.world.clock.waiting, 0)
  })

  test('is told when they are removed, once, and by the page that follows', async () => {
    await scene.isIn()
    scene.socket.says(fault('removed', 'join'))
    assert.equal(scene.view.fault, null)
    scene.socket.ends(1000)

    assert.deepEqual([scene.view.phase, scene.view.fault.code], ['left', 'removed'])
    assert.equal(scene.view.after, `${scene.view.you}.mac`)
  })
})

describe('test_R16_twice: at the door', () => {
  const sent = (...types) => scene.socket.types.filter(each => types.includes(each)).length
  const acts = () => scene.session.acts

  test('of two answers to a knock the first one counts', async () => {
    await scene.isIn()
    scene.socket.says(knock('Noor'))
    acts().answerKnock('Noor', true)
    acts().answerKnock('Noor', true)
    acts().answerKnock('Noor', false)
    assert.deepEqual(scene.socket.sent.at(-1), {type: 'admit', participant: 'Noor'})
    assert.equal(sent('admit', 'turn-away'), 1)

    scene.socket.says(fault('room-full', 'admit'))
    acts().answerKnock('Noor', false)
    assert.deepEqual(scene.socket.sent.at(-1), {type: 'turn-away', participant: 'Noor'})
  })

  test('somebody is removed once', async () => {
    await scene.isIn()
    acts().remove('Bo')
    acts().remove('Bo')
    acts().remove('Cy')
    assert.equal(sent('remove'), 2)
  })

  test('a switch waits for what the door says', async () => {
    await scene.isIn()
    acts().setDoor({locked: true, knock: false})
    acts().setDoor({locked: false, knock: false})
    assert.equal(sent('set-door'), 1)
    scene.socket.says({type: 'door', locked: true, knock: false})
    acts().setDoor({locked: false, knock: false})
    assert.equal(sent('set-door'), 2)
  })

  test('nothing of it is kept for later: who waits and who is here may be others by then', async () => {
    await scene.isIn()
    scene.socket.says(knock('Noor'))
    scene.socket.ends(1006)
    acts().answerKnock('Noor', true)
    acts().remove('Bo')
    acts().setDoor({locked: true, knock: false})
    scene.world.clock.pass(5_000)
    await scene.hello()
    await scene.said('resume')
    scene.socket.says(welcome(scene.view.you))

    assert.equal(sent('admit', 'remove', 'set-door'), 0)
    acts().setDoor({locked: true, knock: false})
    assert.equal(sent('set-door'), 1)
  })
})

describe('the host link', () => {
  const changed = host => ({type: 'changed', person: person(scene.view.you, {host})})

  test('is asked for once, and the new one is what one comes back by', async () => {
    await scene.isIn()
    scene.session.acts.renewHost()
    scene.session.acts.renewHost()
    assert.equal(scene.socket.types.filter(each => each === 'renew-host').length, 1)
    scene.socket.says({type: 'host-link', host: 'n3w'})
    assert.equal(scene.view.hostLink, 'n3w')

    await scene.reconnects()
    scene.socket.says(fault('resume-unknown', 'resume'))
    await scene.said('resume', 'join')
    assert.equal(scene.socket.sent.at(-1).host, 'n3w')
  })

  test('of somebody else: one is told, shows nothing of a host, and comes back as none', async () => {
    await scene.isIn()
    scene.socket.says(knock('Noor'))
    scene.socket.says(changed(false))

    const {host, hostLink, knocks, word} = scene.view
    assert.deepEqual([host, hostLink, knocks, word.kind], [false, null, [], 'host-over'])
    await scene.reconnects()
    scene.socket.says(fault('resume-unknown', 'resume'))
    await scene.said('resume', 'join')
    assert.equal(scene.socket.sent.at(-1).host, null)
  })

  test('that changed while one was cut off makes one a participant all the same', async () => {
    await scene.isIn()
    await scene.reconnects()
    scene.socket.says(welcome(scene.view.you, {host: false}))
    await scene.reconnects()
    scene.socket.says(fault('resume-unknown', 'resume'))
    await scene.said('resume', 'join')
    assert.equal(scene.socket.sent.at(-1).host, null)
  })

  test('what is said of others changes nothing for oneself', () => {
    const view = {...initial(['recording']), you: 'Ada', host: true}
    const next = reduce(view, {type: 'changed', person: person('Bo')}, NOW)
    assert.deepEqual([next.host, next.word], [true, null])
  })
})

test('a new link to the page afterwards is one’s own from then on', async () => {
  await scene.isIn()
  scene.socket.says({type: 'page-link', after: 'you.n3w'})
  assert.equal(scene.view.after, 'you.n3w')
})

test('P4: nothing that asks for consent can send anybody away, or answer a knock', () => {
  const root = new URL('../../../static/elements/consent/', import.meta.url)
  const sources = readdirSync(root).map(name => readFileSync(new URL(name, root), 'utf8'))

  assert.ok(sources.length > 8)
  for (const source of sources)
    assert.doesNotMatch(source, /RemoveEvent|KnockEvent|DoorEvent|remove-question|knock-list/)
})
