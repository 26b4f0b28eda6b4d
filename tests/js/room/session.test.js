import assert from 'node:assert/strict'
import {beforeEach, describe, test} from 'node:test'

import {Session} from '../../../static/room/session.js'
import {signer} from '../proof/signer.js'
import {FakeConnection, FakeWorld, MemoryKeyStore, installWebRtc, settle, until} from '../fakes.js'

/** As long as a digest is. */
const digest = word => word.padEnd(43, '-')
const notices = word => ({en: {digest: digest(`${word}-en`)}, de: {digest: digest(`${word}-de`)}})
const FACTS = {
  features: [
    {id: 'recording', notices: notices('rec')},
    {id: 'summary', notices: notices('sum')},
  ],
}
const voice = {kind: 'audio', contentHint: ''}
const off = {
  type: 'media',
  microphone: false,
  camera: false,
  screen: false,
  screen_audio: false,
}
const TAP = {type: 'tap', feature: 'recording', opening: 'o1', sources: ['microphone']}
const ICE = {type: 'ice', servers: [], relay_only: false}
const fault = (code, about, feature = null) => ({type: 'fault', code, detail: '…', about, feature})

class Scene {
  world = new FakeWorld()
  store = new MemoryKeyStore()
  outdated = 0
  offerings = ['rec', 'sum'].map((word, number) => ({
    type: 'offering',
    feature: ['recording', 'summary'][number],
    offered: true,
    notices: [digest(`${word}-de`), digest(`${word}-en`)],
  }))

  constructor(mode = 'meeting') {
    installWebRtc()
    this.session = new Session(
      'r00m',
      {...FACTS, mode},
      {
        language: 'en',
        url: 'wss://here/socket',
        store: this.store,
        surroundings: this.world,
      },
    )
    this.session.addEventListener('notices-outdated', () => (this.outdated += 1))
  }

  get socket() {
    return this.world.socket
  }

  get view() {
    return this.session.view
  }

  get last() {
    return this.socket.sent.at(-1)
  }

  /** Until the client has said so much on this socket. */
  async said(...types) {
    await until(() => this.socket.types.join() === types.join())
    return this
  }

  async knocks(choices = {}, sent = {}) {
    const tracks = {microphone: voice, camera: null}
    const given = new Map(Object.entries(choices))
    const entry = {name: 'Ada', host: 'h0st', choices: given, tracks, ...sent}
    this.joined = this.session.join(entry)
    await until(() => this.world.sockets.length === 1)
    this.socket.says({type: 'hello', protocol: 4, challenge: 'c1', life: 'l1'})
    await this.said('join')
    return this
  }

  welcomes(answers = {}, chat = [], ice = ICE) {
    const {you} = this.view
    const held = Object.entries(answers).map(([feature, decision]) => ({feature, decision}))
    const me = {id: you, name: 'Ada', host: true, present: true, hand: false, media: off}
    const signs = ['recording', 'summary'].map(feature => ({type: 'sign', feature, on: false}))
    const rest = {
      host: true,
      people: [me],
      screens: [],
      signs,
      offerings: this.offerings,
      answers: held,
      chat,
      grace: 30,
      ice,
      after: me.id + '.mac',
      door: {locked: false, knock: false},
      knocks: [],
    }
    this.socket.says({type: 'welcome', you, resume: 's3cret', ...rest})
    return this
  }

  async isIn(choices = {}) {
    await this.knocks(choices)
    this.welcomes(choices)
    await this.joined
    return this
  }

  /** One's own newest yes, as the server shows it. */
  own(feature) {
    const sent = this.world.sockets.flatMap(socket => socket.sent)
    const {key} = sent.find(({type}) => type === 'join')
    const said = sent.flatMap(each => each.answers ?? each)
    const yes = said.filter(each => each.feature === feature && each.decision === 'granted')
    return {statement: yes.at(-1).statement, key}
  }

  /** What an opening rests on is shown, and a tap is wanted. */
  async taps(tap = TAP, ...others) {
    const {feature} = tap
    this.socket.says({type: 'grants', feature, grants: [this.own(feature), ...others]})
    this.socket.says(tap)
    await until(() => this.view.checks.get(feature)?.state !== 'checking')
  }

  /** Lost, and on a new socket that has said hello. */
  loses() {
    this.socket.ends(1006)
    return this
  }

  async reconnects(life = 'l1') {
    this.world.clock.pass(5_000)
    this.socket.says({type: 'hello', protocol: 4, challenge: 'c2', life})
    await settle()
    return this
  }
}

/** Somebody else, and their yes to the recording, with whatever is different in it. */
async function another(changed = {}) {
  const who = await signer()
  const bo = {id: who.id, name: 'Bo', host: false, present: true, hand: false, media: off}
  const yes = {
    type: 'gatekeeper/decision/v3',
    meeting: 'r00m',
    subject: who.id,
    feature: 'recording',
    decision: 'granted',
    notice: digest('rec-de'),
    language: 'de',
    life: 'l1',
    nonce: 'n'.repeat(22),
  }
  const agreed = async (other = {}) => ({
    statement: await who.sign({...yes, ...changed, ...other}),
    key: who.key,
  })
  return {bo, who, agreed}
}

const said = statement => JSON.parse(Buffer.from(statement.split('.')[1], 'base64url').toString())

let scene
beforeEach(() => (scene = new Scene()))

describe('where people meet somewhere else', () => {
  const tomas = {id: 'tomas', name: 'Tomas', host: false, present: true, hand: false, media: off}

  test('nobody is called, whoever is there or comes', async () => {
    for (const mode of ['meeting', 'gate']) {
      const scene = new Scene(mode)
      await scene.isIn()
      scene.socket.says({type: 'joined', person: tomas})
      await settle()

      assert.equal(scene.session.streams.has('tomas'), mode === 'meeting', mode)
    }
  })

  test('who was sent shows the token, and nobody else shows any', async () => {
    await scene.knocks({}, {entry: 'T0KEN'})
    assert.equal(scene.last.entry, 'T0KEN')

    const other = await new Scene().knocks()
    assert.equal('entry' in other.last, false)
  })
})

describe('joining', () => {
  test('brings the choices of the lobby, signed for the wording as shown', async () => {
    await scene.knocks({recording: 'granted', summary: 'declined'})
    const {answers, host, media, name} = scene.last

    assert.deepEqual(
      {host, name, media},
      {host: 'h0st', name: 'Ada', media: {...off, microphone: true}},
    )
    assert.deepEqual(
      answers.map(({feature, decision}) => [feature, decision]),
      [
        ['recording', 'granted'],
        ['summary', 'declined'],
      ],
    )
    const {notice, language, subject, meeting} = said(answers[0].statement)
    assert.deepEqual([notice, language, meeting], [digest('rec-en'), 'en', 'r00m'])
    assert.equal(subject, scene.view.you)
    assert.equal(scene.view.phase, 'joining')
  })

  test('test_R16_twice_a_second_press_waits_for_the_first', async () => {
    const entry = {name: 'Ada', host: null, choices: new Map(), tracks: {}}
    const both = [scene.session.join(entry), scene.session.join(entry)]
    assert.equal(scene.view.phase, 'joining')
    await until(() => scene.world.sockets.length > 0)
    await settle()

    assert.equal(scene.world.sockets.length, 1)
    scene.socket.says({type: 'hello', protocol: 4, challenge: 'c1', life: 'l1'})
    await scene.said('join')
    scene.welcomes()
    await Promise.all(both)
    assert.equal(scene.view.phase, 'open')
  })

  test('what is chosen while the key is made is what is signed', async () => {
    const choices = new Map([['recording', 'granted']])
    void scene.session.join({name: 'Ada', host: null, choices, tracks: {}})
    void scene.session.decide('recording', 'declined')
    assert.equal(scene.view.answers.recording.decision, 'declined')
    await until(() => scene.world.sockets.length === 1)
    scene.socket.says({type: 'hello', protocol: 4, challenge: 'c1', life: 'l1'})
    await scene.said('join')

    assert.deepEqual(
      scene.last.answers.map(({decision}) => decision),
      ['declined'],
    )
    assert.equal(scene.view.answers.recording.decision, 'declined')
  })

  test('without a key it is refused in words, and can be tried again', async () => {
    scene.store.load = async () => ({publicKey: null, privateKey: null})
    await scene.session.join({name: 'Ada', host: null, choices: new Map(), tracks: {}})

    assert.deepEqual([scene.view.phase, scene.view.fault.code], ['refused', 'keyless'])
  })

  test('without an answer sends none', async () => {
    await scene.knocks()

    assert.deepEqual(scene.last.answers, [])
  })

  test('resolves when one is in', async () => {
    await scene.isIn()

    assert.equal(scene.view.phase, 'open')
    assert.equal(scene.view.host, true)
  })

  test('resolves when one is refused, and the view says why', async () => {
    await scene.knocks()
    scene.socket.says(fault('not-allowed', null))
    scene.socket.ends(4000)
    await scene.joined

    assert.equal(scene.view.phase, 'refused')
    assert.equal(scene.view.fault.code, 'not-allowed')
  })

  test('a reload is the same person, who has granted nothing', async () => {
    await scene.isIn({recording: 'granted'})
    const again = new Scene()
    again.store = scene.store
    again.session = new Session('r00m', FACTS, {
      language: 'en',
      url: 'wss://here/socket',
      store: scene.store,
      surroundings: again.world,
    })
    await again.knocks()

    assert.equal(again.view.you, scene.view.you)
    assert.deepEqual(again.last.answers, [])
    assert.equal(again.view.answers.recording.decision, null)
  })
})

describe('deciding', () => {
  test('a yes is signed for the notice in one’s language, and pending', async () => {
    await scene.isIn()
    scene.session.decide('recording', 'granted')
    assert.equal(scene.view.answers.recording.pending, true)
    await scene.said('join', 'decide')

    const {decision, notice} = said(scene.last.statement)
    assert.deepEqual([decision, notice], ['granted', digest('rec-en')])
    scene.socket.says({type: 'decided', feature: 'recording', decision: 'granted'})
    assert.equal(scene.view.answers.recording.pending, false)
  })

  test('a no closes the tap before anything is sent', async () => {
    await scene.isIn({recording: 'granted'})
    await scene.taps()
    const [tap] = FakeConnection.made
    scene.session.decide('recording', 'declined')

    assert.equal(tap.connectionState, 'closed')
    assert.equal(scene.view.answers.recording.decision, 'declined')
    assert.deepEqual(scene.socket.types, ['join'])
    await scene.said('join', 'decide')
    assert.equal(scene.last.decision, 'declined')
  })

  test('a yes that is overtaken by a no is never sent', async () => {
    await scene.isIn()
    const yes = scene.session.decide('recording', 'granted')
    const no = scene.session.decide('recording', 'declined')
    await Promise.all([yes, no])

    assert.deepEqual(scene.socket.types, ['join', 'decide'])
    assert.equal(scene.last.decision, 'declined')
  })

  test('outdated words make the page fetch the new ones, and the new ones are signed', async () => {
    await scene.isIn()
    await scene.session.decide('recording', 'granted')
    scene.socket.says(fault('notice-outdated', 'decide', 'recording'))
    assert.equal(scene.outdated, 1)
    assert.deepEqual(scene.view.asks, ['recording'])
    scene.session.facts = {...FACTS, features: [{id: 'recording', notices: notices('new')}]}
    await scene.session.decide('recording', 'granted')

    assert.equal(said(scene.last.statement).notice, digest('new-en'))
  })
})

describe('other words that come into force', () => {
  const OTHER = {
    type: 'offering',
    feature: 'recording',
    offered: true,
    notices: [digest('new-de'), digest('new-en')],
  }
  const renewed = {
    features: [
      {id: 'recording', notices: notices('new')},
      {id: 'summary', notices: notices('sum')},
    ],
  }

  test('take a yes to the old ones with them, and are fetched before anybody is asked', async () => {
    await scene.isIn({recording: 'granted', summary: 'granted'})
    await scene.taps()
    scene.socket.says(OTHER)
    scene.socket.says({type: 'asked', feature: 'recording'})

    assert.equal(scene.outdated, 1)
    assert.equal(scene.view.answers.recording.decision, null)
    assert.equal(scene.view.answers.summary.decision, 'granted')
    assert.deepEqual([...scene.view.stale], ['recording'])
    assert.equal(FakeConnection.made[0].signalingState, 'closed')
    assert.equal(scene.session.agreed.get('recording').digest, digest('rec-en'))
    scene.session.facts = renewed
    assert.equal(scene.view.stale.size, 0)
    assert.deepEqual(scene.view.asks, ['recording'])
    await scene.session.decide('recording', 'granted')
    assert.equal(said(scene.last.statement).notice, digest('new-en'))
    assert.equal(scene.session.agreed.get('recording').digest, digest('rec-en'))
    scene.socket.says({type: 'decided', feature: 'recording', decision: 'granted'})
    assert.equal(scene.session.agreed.get('recording').digest, digest('new-en'))
  })

  test('leave a no as it was, and a yes to words that are still in force', async () => {
    await scene.isIn({recording: 'declined', summary: 'granted'})
    scene.socket.says(OTHER)
    scene.socket.says({
      ...OTHER,
      feature: 'summary',
      notices: [digest('sum-en'), digest('sum-neu')],
    })

    assert.equal(scene.view.answers.recording.decision, 'declined')
    assert.equal(scene.view.answers.summary.decision, 'granted')
    assert.equal(scene.outdated, 2)
  })

  test('are not signed by who pressed before they were here: it is refused, and asked again', async () => {
    await scene.isIn()
    scene.socket.says(OTHER)
    await scene.session.decide('recording', 'granted')
    assert.equal(said(scene.last.statement).notice, digest('rec-en'))
    scene.socket.says(fault('notice-outdated', 'decide', 'recording'))

    assert.equal(scene.view.answers.recording.decision, null)
    assert.equal(scene.session.agreed.size, 0)
  })

  test('are noticed on coming back, though the message was lost', async () => {
    await scene.isIn({recording: 'granted'})
    await scene.loses().reconnects()
    scene.offerings = [OTHER, scene.offerings[1]]
    scene.welcomes({})

    assert.deepEqual([...scene.view.stale], ['recording'])
    assert.equal(scene.view.answers.recording.decision, null)
  })
})

describe('a tap', () => {
  test('is offered to a feature that one allows', async () => {
    await scene.isIn({recording: 'granted'})
    await scene.taps()

    assert.equal(FakeConnection.made.length, 1)
    assert.equal(FakeConnection.made[0].transceivers[0].sender.track, voice)
  })

  test('is not offered to one that one does not allow, whatever the server says', async () => {
    await scene.isIn({summary: 'declined'})
    scene.socket.says(TAP)
    scene.socket.says({...TAP, feature: 'summary'})

    assert.equal(FakeConnection.made.length, 0)
  })

  for (const [how, act] of [
    ['the gate closes', () => scene.socket.says({type: 'tap-closed', opening: 'o1'})],
    ['the connection is lost', () => scene.socket.ends(1006)],
    ['one leaves', () => scene.session.leave()],
    ['the meeting ends', () => scene.socket.says({type: 'ended'})],
    ['one goes on in another tab', () => scene.socket.ends(4001)],
    ['it sends too much', () => scene.socket.says(fault('tap-limit', null, 'recording'))],
    [
      'the server has a no of ours',
      () => scene.socket.says({type: 'decided', feature: 'recording', decision: 'declined'}),
    ],
  ])
    test(`is closed at once when ${how}`, async () => {
      await scene.isIn({recording: 'granted'})
      await scene.taps()
      act()

      assert.equal(FakeConnection.made[0].connectionState, 'closed')
    })
})

describe('an answer that has lapsed', () => {
  const lapsed = {type: 'lapsed', feature: 'recording'}

  test('is not shown to a server that has forgotten the seat', async () => {
    await scene.isIn({recording: 'granted', summary: 'granted'})
    scene.socket.says(lapsed)
    scene.loses()
    await scene.reconnects()
    scene.socket.says(fault('resume-unknown', 'resume'))
    await scene.said('resume', 'join')

    assert.deepEqual(
      scene.last.answers.map(({feature}) => feature),
      ['summary'],
    )
  })

  test('does not take a newer one with it', async () => {
    await scene.isIn()
    await scene.session.decide('recording', 'granted')
    scene.socket.says(lapsed)
    scene.socket.says({type: 'decided', feature: 'recording', decision: 'granted'})
    await scene.taps()

    assert.equal(FakeConnection.made.length, 1)
  })
})

describe('a lost connection', () => {
  test('is resumed, and says what one is showing by then', async () => {
    await scene.isIn()
    scene.loses()
    assert.equal(scene.view.phase, 'lost')
    scene.session.setTrack('microphone', null)
    await scene.reconnects()
    scene.welcomes()

    assert.deepEqual(scene.socket.types, ['resume', 'media'])
    assert.equal(scene.last.microphone, false)
    assert.equal(scene.view.phase, 'open')
  })

  test('a no pressed meanwhile goes out with the resume, before anything can reopen', async () => {
    await scene.isIn({recording: 'granted'})
    scene.loses()
    await scene.session.decide('recording', 'declined')
    await scene.reconnects()
    assert.deepEqual(scene.socket.types, ['resume', 'decide'])
    scene.welcomes({recording: 'granted'})

    assert.equal(scene.view.answers.recording.decision, 'declined')
    assert.deepEqual(scene.socket.types, ['resume', 'decide', 'media'])
  })

  test('a no that nobody has confirmed goes out with every resume', async () => {
    await scene.isIn({recording: 'granted'})
    await scene.session.decide('recording', 'declined')
    scene.loses()
    await scene.reconnects()
    assert.deepEqual(scene.socket.types, ['resume', 'decide'])
    scene.loses()
    await scene.reconnects()
    assert.deepEqual(scene.socket.types, ['resume', 'decide'])
    scene.welcomes()
    scene.loses()
    await scene.reconnects()

    assert.deepEqual(scene.socket.types, ['resume'])
  })

  test('a yes that may have been lost on the way is said again', async () => {
    await scene.isIn()
    await scene.session.decide('recording', 'granted')
    scene.loses()
    await scene.reconnects()
    assert.deepEqual(scene.socket.types, ['resume'])
    scene.welcomes()

    assert.equal(scene.socket.sent[1].decision, 'granted')
    assert.equal(scene.view.answers.recording.pending, true)
  })

  test('where the seat is gone, one joins with the very grants one holds, and no refusals', async () => {
    await scene.isIn({recording: 'granted', summary: 'declined'})
    const [grant] = scene.socket.sent[0].answers
    scene.loses()
    await scene.reconnects()
    scene.socket.says(fault('resume-unknown', 'resume'))
    await scene.said('resume', 'join')

    assert.deepEqual(scene.last.answers, [grant])
    scene.welcomes({recording: 'granted'})
    assert.equal(scene.view.answers.recording.decision, 'granted')
    assert.equal(scene.view.answers.summary.decision, 'declined')
    assert.equal(scene.view.fault, null)
  })

  test('a no that was never heard is said to a server that has forgotten the seat', async () => {
    await scene.isIn({recording: 'granted'})
    scene.loses()
    await scene.session.decide('recording', 'declined')
    await scene.reconnects('l2')
    scene.socket.says(fault('resume-unknown', 'resume'))
    await scene.said('resume', 'decide', 'join')
    assert.deepEqual(scene.last.answers, [])
    scene.welcomes()

    const {type, decision, statement} = scene.last
    assert.deepEqual([type, decision, said(statement).life], ['decide', 'declined', 'l2'])
    assert.equal(scene.view.answers.recording.decision, 'declined')
  })

  test('a grant that the server refuses then is unset, and not presented again', async () => {
    await scene.isIn({recording: 'granted'})
    scene.loses()
    await scene.reconnects()
    scene.socket.says(fault('resume-unknown', 'resume'))
    await scene.said('resume', 'join')
    scene.welcomes()
    scene.socket.says(fault('replayed-statement', 'decide', 'recording'))
    assert.equal(scene.view.answers.recording.decision, null)
    assert.deepEqual(scene.socket.types, ['resume', 'join'])
    scene.loses()
    await scene.reconnects()
    scene.socket.says(fault('resume-unknown', 'resume'))
    await scene.said('resume', 'join')

    assert.deepEqual(scene.last.answers, [])
  })
})

describe('another life of the room', () => {
  const restarts = async life => {
    scene.loses()
    await scene.reconnects(life)
    scene.socket.says(fault('resume-unknown', 'resume'))
    await scene.said('resume', 'join')
  }

  test('what one still allows is signed again, unasked, for the words of the press', async () => {
    await scene.isIn({recording: 'granted', summary: 'declined'})
    const before = said(scene.socket.sent[0].answers[0].statement)
    await restarts('l2')

    assert.equal(scene.last.answers.length, 1)
    const after = said(scene.last.answers[0].statement)
    assert.deepEqual([before.life, after.life], ['l1', 'l2'])
    assert.notEqual(after.nonce, before.nonce)
    assert.deepEqual({...after, life: '', nonce: ''}, {...before, life: '', nonce: ''})
    scene.welcomes({recording: 'granted'})
    assert.equal(scene.view.answers.recording.decision, 'granted')
    assert.equal(scene.view.answers.summary.decision, 'declined')
    scene.socket.says({type: 'asked', feature: 'recording'})
    assert.deepEqual([scene.view.fault, scene.view.asks], [null, []])
    assert.deepEqual(scene.socket.types, ['resume', 'join'])
  })

  test('in the same one nothing is signed again', async () => {
    await scene.isIn({recording: 'granted'})
    const [before] = scene.socket.sent[0].answers
    await restarts('l1')

    assert.deepEqual(scene.last.answers, [before])
  })

  test('a yes pressed while the connection was lost is signed for the new one', async () => {
    await scene.isIn()
    scene.loses()
    await scene.session.decide('recording', 'granted')
    await scene.reconnects('l2')
    scene.socket.says(fault('resume-unknown', 'resume'))
    await scene.said('resume', 'join')

    assert.deepEqual(
      scene.last.answers.map(({statement}) => said(statement).life),
      ['l2'],
    )
  })

  test('what was taken back or has lapsed is not', async () => {
    await scene.isIn({recording: 'granted', summary: 'granted'})
    await scene.session.decide('recording', 'declined')
    scene.socket.says({type: 'decided', feature: 'recording', decision: 'declined'})
    scene.socket.says({type: 'lapsed', feature: 'summary'})
    await restarts('l2')

    assert.deepEqual(scene.last.answers, [])
  })

  test('a grant that the server calls outdated is unset, and one is told', async () => {
    await scene.isIn()
    await scene.session.decide('recording', 'granted')
    scene.socket.says(fault('statement-outdated', 'decide', 'recording'))

    assert.equal(scene.view.answers.recording.decision, null)
    assert.equal(scene.view.fault?.code, 'statement-outdated')
  })

  test('a no that is outdated holds, and there is nothing to tell', async () => {
    await scene.isIn({recording: 'granted'})
    await scene.session.decide('recording', 'declined')
    scene.socket.says(fault('statement-outdated', 'decide', 'recording'))

    assert.equal(scene.view.answers.recording.decision, 'declined')
    assert.equal(scene.view.fault, null)
  })
})

describe('a line of chat', () => {
  const mine = (number, text) => ({
    type: 'chat-line',
    number,
    sender: scene.view.you,
    name: 'Ada',
    text,
    at: '2026-11-22T10:42:00Z',
  })
  const texts = () => scene.socket.sent.filter(({type}) => type === 'chat').map(({text}) => text)

  test('typed while the connection is lost waits, and goes out once', async () => {
    await scene.isIn()
    scene.loses()
    scene.session.acts.chat('Are you there?')
    assert.deepEqual(
      scene.view.waiting.map(({text}) => text),
      ['Are you there?'],
    )
    await scene.reconnects()
    assert.deepEqual(scene.socket.types, ['resume'])
    scene.welcomes()
    assert.deepEqual(texts(), ['Are you there?'])
    assert.equal(scene.socket.sent.find(({type}) => type === 'chat').late, true)
    scene.socket.says(mine(1, 'Are you there?'))

    assert.deepEqual(scene.view.waiting, [])
    assert.equal(scene.view.chat.length, 1)
  })

  test('given to a connection that was dead already is not lost', async () => {
    await scene.isIn()
    scene.session.acts.chat('one')
    scene.session.acts.chat('two')
    scene.socket.says(mine(1, 'one'))
    scene.loses()
    await scene.reconnects()
    scene.welcomes()

    assert.deepEqual(texts(), ['two'])
  })

  test('that had arrived is not sent a second time', async () => {
    await scene.isIn()
    scene.session.acts.chat('one')
    scene.session.acts.chat('two')
    scene.loses()
    await scene.reconnects()
    scene.welcomes({}, [mine(1, 'one')])

    assert.deepEqual(texts(), ['two'])
  })

  test('waits for a new seat, too', async () => {
    await scene.isIn()
    scene.loses()
    scene.session.acts.chat('late')
    await scene.reconnects()
    scene.socket.says(fault('resume-unknown', 'resume'))
    await scene.said('resume', 'join')
    scene.welcomes()

    assert.deepEqual(texts(), ['late'])
  })
})

describe('leaving', () => {
  test('says so, and is over at once', async () => {
    await scene.isIn()
    scene.session.leave()

    assert.deepEqual(scene.socket.types, ['join', 'leave'])
    assert.equal(scene.view.phase, 'left')
    assert.equal(scene.world.watchers.size, 0)
    assert.equal(scene.world.clock.waiting, 0)
  })

  test('the end for all is over when the server says so', async () => {
    await scene.isIn()
    scene.session.acts.end()
    assert.equal(scene.view.phase, 'open')
    scene.socket.says({type: 'ended'})
    assert.equal(scene.view.phase, 'ended')
    scene.socket.ends(1000)

    assert.equal(scene.view.phase, 'ended')
  })

  test('being replaced by another tab says so', async () => {
    await scene.isIn()
    scene.socket.ends(4001)

    assert.deepEqual([scene.view.phase, scene.view.fault.code], ['left', 'replaced'])
  })
})

describe('what cannot work', async () => {
  const {bo, agreed} = await another()

  test('without WebRTC one is in, sends nothing, and is told what nothing of one is in', async () => {
    delete globalThis.RTCPeerConnection
    await scene.isIn({recording: 'granted'})
    scene.socket.says({type: 'joined', person: bo})
    scene.socket.says({type: 'sign', feature: 'recording', on: true, since: 't'})
    await scene.taps(TAP, await agreed())
    scene.socket.says({type: 'signal-from', sender: bo.id, payload: 'x'})
    scene.session.setTrack('camera', {kind: 'video', contentHint: ''})
    scene.session.acts.chat('I can write')
    await settle()

    assert.deepEqual(scene.socket.sent[0].media, off)
    assert.deepEqual(scene.socket.types, ['join', 'media', 'chat'])
    assert.deepEqual(scene.socket.sent[1], off)
    assert.deepEqual(scene.view.unheard, ['recording'])
    await scene.session.decide('recording', 'declined')
    assert.deepEqual(scene.view.unheard, [])
  })

  test('a way that is not found is told, to whom and of what', async () => {
    await scene.isIn({recording: 'granted'})
    scene.socket.says({type: 'joined', person: bo})
    await scene.taps(TAP, await agreed())
    await settle()
    assert.deepEqual([scene.view.unreached, scene.view.unheard], [[], []])
    scene.world.clock.pass(4_000) // and the server is heard again, so that nothing is lost
    scene.socket.says({type: 'pong'})
    scene.world.clock.pass(8_000)
    assert.deepEqual([scene.view.unreached, scene.view.unheard], [[bo.id], ['recording']])
    scene.socket.says({type: 'left', participant: bo.id, removed: false})
    assert.deepEqual(scene.view.unreached, [])
  })

  test('a server that never says hello turns one away, with the reason', async () => {
    const joined = scene.session.join({
      name: 'Ada',
      host: null,
      choices: new Map([['recording', 'granted']]),
      tracks: {microphone: voice, camera: null},
    })
    await until(() => scene.world.sockets.length === 1)
    scene.world.clock.pass(10_000)
    await joined
    assert.deepEqual([scene.view.phase, scene.view.fault.code], ['refused', 'unreached'])
    scene.session.explain('socket-blocked')

    assert.equal(scene.view.fault.code, 'socket-blocked')
  })

  test('a browser that makes no key turns one away, with the reason', async () => {
    const {subtle} = crypto
    Object.defineProperty(crypto, 'subtle', {value: undefined, configurable: true})
    try {
      const nobody = {name: 'Ada', host: null, choices: new Map(), tracks: {}}
      await scene.session.join(nobody)
    } finally {
      Object.defineProperty(crypto, 'subtle', {value: subtle, configurable: true})
    }

    assert.deepEqual([scene.view.phase, scene.view.fault.code], ['refused', 'keyless'])
    assert.equal(scene.world.sockets.length, 0)
  })
})

describe('the assistant', () => {
  const ask = {kind: 'draft', prompt: 'Say yes', tone: 'friendly', length: 'medium'}
  const turns = (feature, on) =>
    scene.socket.says({type: 'sign', feature, on, since: on ? 't' : null})

  beforeEach(async () => {
    await scene.isIn()
    for (const feature of ['summary', 'compose']) turns(feature, true)
  })

  test('is asked for a summary so far, one at a time', () => {
    scene.session.acts.assist({kind: 'summary'})
    scene.session.acts.assist({kind: 'summary'})

    assert.deepEqual(scene.socket.types, ['join', 'summarise'])
    assert.equal(scene.view.soFar.working, true)
    scene.socket.says(fault('nothing-said', 'summarise'))
    assert.equal(scene.view.soFar.fault.code, 'nothing-said')
    assert.equal(scene.view.fault, null)
  })

  test('is asked for a draft, which grows by what comes', () => {
    scene.session.acts.assist(ask)
    const {id, ...asked} = scene.last

    const wish = {prompt: 'Say yes', tone: 'friendly', length: 'medium'}
    assert.deepEqual(asked, {type: 'draft', ...wish, previous: null, change: null})
    assert.match(id, /^[A-Za-z0-9_-]{1,128}$/)
    scene.socket.says({type: 'draft-text', id, text: 'Yes.'})
    scene.socket.says({type: 'draft-done', id, cut: false})
    assert.deepEqual([scene.view.draft.text, scene.view.draft.state], ['Yes.', 'ready'])
  })

  test('is given back a draft to be shortened, as much of it as the wire takes', () => {
    scene.session.acts.assist({...ask, longer: 'x'.repeat(5000)})

    assert.equal(scene.last.change, 'shorten')
    assert.equal(scene.last.previous.length, 4000)
    assert.deepEqual(scene.view.draft.wish, ask)
  })

  test('is asked for quotes', () => {
    scene.session.acts.assist({kind: 'recap', length: 'long'})
    const {id} = scene.last

    assert.deepEqual(scene.last, {type: 'recap', id, length: 'long'})
    assert.deepEqual(scene.view.draft.wish, {kind: 'recap', length: 'long'})
  })

  test('is told to stop drafting, and what came stays', () => {
    scene.session.acts.assist(ask)
    const {id} = scene.last
    scene.socket.says({type: 'draft-text', id, text: 'Ye'})
    scene.session.acts.assist({kind: 'stop-draft'})

    assert.deepEqual(scene.last, {type: 'drop-draft', id})
    assert.equal(scene.view.draft.text, 'Ye')
  })

  test('is told that a draft on its way is not wanted, and of a whole one nothing', () => {
    scene.session.acts.assist(ask)
    const {id} = scene.last
    scene.session.acts.assist({kind: 'drop-draft'})
    assert.deepEqual(scene.last, {type: 'drop-draft', id})
    assert.equal(scene.view.draft, null)
    scene.session.acts.assist(ask)
    scene.socket.says({type: 'draft-done', id: scene.last.id, cut: false})
    scene.session.acts.assist({kind: 'drop-draft'})

    assert.deepEqual(scene.socket.types, ['join', 'draft', 'drop-draft', 'draft'])
  })

  test('is asked for nothing while its sign is off, or the connection is lost', () => {
    for (const act of [() => turns('summary', false), () => scene.loses()]) {
      act()
      scene.session.acts.assist({kind: 'summary'})
      assert.equal(scene.view.soFar.working, false)
    }
    scene.session.acts.assist(ask)
    scene.session.acts.assist({kind: 'recap', length: 'short'})

    assert.deepEqual(scene.socket.types, ['join'])
    assert.equal(scene.view.draft, null)
  })
})

describe('Global Privacy Control', () => {
  const [recording, summary] = FACTS.features
  const outside = {...FACTS, gpc: true, features: [recording, {...summary, third_party: true}]}

  test('lets no question open for what passes words on', async () => {
    scene.session.facts = outside
    await scene.isIn()
    scene.socket.says({type: 'asked', feature: 'summary'})
    scene.socket.says({type: 'asked', feature: 'recording'})

    assert.deepEqual(scene.view.asks, ['recording'])
    assert.deepEqual([...scene.view.marks], ['summary'])
  })

  test('leaves a yes in the gate panel as good as any', async () => {
    scene.session.facts = outside
    await scene.isIn()
    await scene.session.decide('summary', 'granted')

    assert.equal(scene.last.decision, 'granted')
  })
})

describe('what is seen', () => {
  test('is another object after every change, and the same without one', async () => {
    await scene.isIn()
    const {view} = scene
    let changes = 0
    scene.session.addEventListener('change', () => (changes += 1))
    scene.socket.says({type: 'pong'})
    assert.equal(scene.view, view)
    scene.session.acts.hand(true)

    assert.notEqual(scene.view, view)
    assert.equal(scene.view.people[0].hand, true)
    assert.equal(changes, 1)
  })
})

describe('test_R16_twice: what the server takes its time to do is asked of it once', () => {
  const sent = type => scene.socket.types.filter(each => each === type).length
  const asks = {
    request: session => session.acts.request('recording'),
    erase: session => session.acts.erase('recording'),
    end: session => session.acts.end(),
  }
  const ends = {
    request: {type: 'requested', feature: 'recording', asked: true, ask_again_in: 0},
    erase: {type: 'erased', feature: 'recording', files: 1},
  }
  for (const [type, ask] of Object.entries(asks)) {
    test(`${type}, until it is answered, refused or lost`, async () => {
      await scene.isIn()
      ask(scene.session)
      ask(scene.session)
      assert.equal(sent(type), 1)
      scene.socket.says(fault('not-host', type, type === 'end' ? null : 'recording'))
      ask(scene.session)
      assert.equal(sent(type), 2)
      if (ends[type]) {
        scene.socket.says(ends[type])
        ask(scene.session)
        assert.equal(sent(type), 3)
      }
      scene.loses()
      ask(scene.session)
      ask(scene.session)
      await scene.reconnects()
      scene.welcomes()
      assert.equal(sent(type), 1, 'on the new connection')
    })
  }

  test('cancel, until the sign is off', async () => {
    await scene.isIn()
    scene.socket.says({type: 'sign', feature: 'recording', on: true, since: null})
    scene.session.acts.cancel('recording')
    scene.session.acts.cancel('recording')
    assert.equal(sent('cancel'), 1)
    scene.socket.says({type: 'sign', feature: 'recording', on: false, since: null})
    scene.session.acts.cancel('recording')
    assert.equal(sent('cancel'), 2)
  })

  test('an erasure that was asked for shows on its card, and no more when it is refused', async () => {
    await scene.isIn({recording: 'granted'})
    scene.socket.says({type: 'sign', feature: 'recording', on: true, since: null})
    await scene.session.decide('recording', 'declined')
    scene.session.acts.erase('recording')
    assert.deepEqual(
      scene.view.ends.map(end => end.erasing),
      [true],
    )
    scene.socket.says(fault('erase-failed', 'erase', 'recording'))
    assert.deepEqual(
      scene.view.ends.map(end => end.erasing),
      [false],
    )
  })
})

describe('the way of media', () => {
  // Before every other id: to these one begins the connections oneself.
  const bo = {id: '-', name: 'Bo', host: false, present: true, hand: false, media: off}
  const server = (username = null, credential = null) => ({urls: ['turn:x'], username, credential})
  const [first, second] = [server('1:a', 'one'), server('2:b', 'two')]
  const said = servers => ({type: 'ice', servers, relay_only: true})
  const made = (username, credential) => ({
    iceServers: [{urls: ['turn:x'], username, credential}],
    iceTransportPolicy: 'relay',
  })

  test('is as the server says to a seat, for what stands and for what comes', async () => {
    const scene = new Scene()
    await scene.knocks()
    assert.equal(FakeConnection.made.length, 0)
    scene.welcomes({}, [], said([first]))
    await scene.joined
    scene.socket.says({type: 'joined', person: bo})
    assert.deepEqual(FakeConnection.made.at(-1)?.configuration, made('1:a', 'one'))

    scene.socket.says(said([second]))
    assert.deepEqual(FakeConnection.made.at(-1)?.configuration, made('2:b', 'two'))

    scene.socket.says({type: 'joined', person: {...bo, id: '--'}})
    assert.deepEqual(FakeConnection.made.at(-1)?.configuration, made('2:b', 'two'))
  })

  test('names no user where there is none', async () => {
    const scene = new Scene()
    await scene.knocks()
    scene.welcomes({}, [], {...said([{...server(), urls: ['stun:x']}]), relay_only: false})
    await scene.joined
    scene.socket.says({type: 'joined', person: bo})
    const plain = {iceServers: [{urls: ['stun:x']}], iceTransportPolicy: 'all'}
    assert.deepEqual(FakeConnection.made.at(-1)?.configuration, plain)
  })
})

describe('R20: no copy goes out that not everybody has agreed to', () => {
  const live = () =>
    FakeConnection.made.filter(
      ({transceivers: [first]}) => first?.options.direction === 'sendonly' && first,
    )
  const open = () => live().filter(({connectionState}) => connectionState !== 'closed').length

  beforeEach(async () => {
    await scene.isIn({recording: 'granted'})
  })

  test('with everybody’s yes it does, and who has given it in which words is known', async () => {
    const {bo, agreed} = await another()
    scene.socket.says({type: 'joined', person: bo})
    await scene.taps(TAP, await agreed())

    assert.equal(open(), 1)
    const {state, proofs} = scene.view.checks.get('recording')
    assert.equal(state, 'checked')
    assert.deepEqual(
      proofs.map(({participant, said}) => [participant, said.notice]).sort(),
      [
        [scene.view.you, digest('rec-en')],
        [bo.id, digest('rec-de')],
      ].sort(),
    )
  })

  for (const [lack, changed] of [
    ['another-room', {meeting: 'other'}],
    ['another-life', {life: 'l0'}],
    ['another-feature', {feature: 'summary'}],
    ['no-yes', {decision: 'declined'}],
    ['other-words', {notice: digest('rec-old')}],
    ['other-words', {language: 'en'}],
    ['another-version', {type: 'gatekeeper/decision/v2', at: '2026-11-22T11:59:58Z'}],
  ])
    test(`not with ${lack}: ${Object.keys(changed)[0]}`, async () => {
      const {bo, agreed} = await another(changed)
      scene.socket.says({type: 'joined', person: bo})
      await scene.taps(TAP, await agreed())

      assert.equal(open(), 0)
      assert.equal(scene.view.checks.get('recording').lack, lack)
    })

  test('not while somebody is left out, nor for a yes that somebody else has signed', async () => {
    const {bo, agreed} = await another()
    const mallory = await signer()
    scene.socket.says({type: 'joined', person: bo})
    await scene.taps(TAP)
    assert.deepEqual([open(), scene.view.checks.get('recording').lack], [0, 'missing'])

    const good = await agreed()
    for (const forged of [
      {...good, key: mallory.key},
      {...good, statement: await mallory.sign(said(good.statement))},
      {...good, statement: `${good.statement.slice(0, -4)}AAAA`},
    ]) {
      await scene.taps({...TAP, opening: 'o2'}, forged)
      assert.deepEqual([open(), scene.view.checks.get('recording').lack], [0, 'forged'])
    }
    await scene.taps({...TAP, opening: 'o3'}, await agreed())
    assert.equal(open() > 0, true)
  })

  test('not for one’s own yes that another page has signed, nor without one’s own', async () => {
    const stolen = scene.own('recording')
    const other = new Scene()
    other.store = scene.store
    other.session = new Session(
      'r00m',
      {...FACTS, mode: 'meeting'},
      {
        language: 'en',
        url: 'wss://here/socket',
        store: scene.store,
        surroundings: other.world,
      },
    )
    await other.isIn({recording: 'granted'})
    FakeConnection.made = []
    other.own = () => stolen
    await other.taps()
    assert.deepEqual([open(), other.view.checks.get('recording').lack], [0, 'not-ours'])
    other.socket.says({type: 'tap-closed', opening: 'o1'})
    const {agreed} = await another()
    other.own = () => null
    other.socket.says({type: 'grants', feature: 'recording', grants: [await agreed()]})
    other.socket.says(TAP)
    await settle()
    assert.deepEqual([open(), other.view.checks.get('recording').lack], [0, 'missing'])
  })

  test('one’s earlier yes of this page and life will do, until it lapses', async () => {
    const earlier = scene.own('recording')
    await scene.session.decide('recording', 'declined')
    await scene.session.decide('recording', 'granted')
    scene.socket.says({type: 'decided', feature: 'recording', decision: 'granted'})
    scene.own = () => earlier
    await scene.taps()
    assert.equal(open(), 1)
    scene.socket.says({type: 'lapsed', feature: 'recording'})
    assert.equal(open(), 0)
    await scene.session.decide('recording', 'granted')
    scene.socket.says({type: 'decided', feature: 'recording', decision: 'granted'})
    await scene.taps({...TAP, opening: 'o2'})

    assert.deepEqual([open(), scene.view.checks.get('recording').lack], [0, 'not-ours'])
  })

  test('somebody who comes without a yes ends it at once, and it goes on when they are gone', async () => {
    await scene.taps()
    assert.equal(open(), 1)
    const {bo} = await another()
    scene.socket.says({type: 'joined', person: bo})
    assert.equal(open(), 0)
    assert.equal(scene.view.checks.get('recording').state, 'unproved')
    scene.socket.says({type: 'left', participant: bo.id, removed: false})

    assert.equal(open(), 1)
    assert.deepEqual(
      [...scene.view.checks.values()].map(({state}) => state),
      ['checked'],
    )
  })

  test('somebody whose yes came first does not interrupt it', async () => {
    await scene.taps()
    const {bo, agreed} = await another()
    scene.socket.says({type: 'grants', feature: 'recording', grants: [await agreed()]})
    scene.socket.says({type: 'joined', person: bo})
    await until(() => scene.view.checks.get('recording').proofs.length === 2)

    assert.deepEqual([live().length, open()], [1, 1])
  })

  test('a yes that turns out to be forged ends it', async () => {
    await scene.taps()
    const {bo, agreed} = await another()
    const {statement, key} = await agreed()
    const forged = {statement: `${statement.slice(0, -4)}AAAA`, key}
    scene.socket.says({type: 'grants', feature: 'recording', grants: [forged]})
    scene.socket.says({type: 'joined', person: bo})
    await until(() => scene.view.checks.get('recording').state === 'unproved')

    assert.equal(open(), 0)
  })

  test('whom the server hides, and who signals all the same, is in the room', async () => {
    await scene.taps()
    scene.socket.says({type: 'signal-from', sender: 'h'.repeat(43), payload: '{}'})

    assert.equal(open(), 0)
    assert.equal(scene.view.checks.get('recording').lack, 'missing')
  })

  test('neither words fetched anew, nor what was shown before a loss or a closing, will do', async () => {
    await scene.taps()
    scene.session.facts = {
      features: [
        {id: 'recording', notices: notices('new')},
        {id: 'summary', notices: notices('sum')},
      ],
    }
    assert.equal(open(), 0)
    scene.session.facts = FACTS
    assert.equal(open(), 1)
    scene.socket.says({type: 'tap-closed', opening: 'o1'})
    scene.socket.says({...TAP, opening: 'o2'})
    assert.equal(open(), 0)
    await scene.taps({...TAP, opening: 'o3'})
    assert.equal(open() > 0, true)
    await scene.loses().reconnects()
    scene.welcomes({recording: 'granted'})
    scene.socket.says({...TAP, opening: 'o4'})
    assert.equal(open(), 0)
  })

  test('what is no grant at all is passed over', async () => {
    const own = scene.own('recording')
    scene.own = () => own
    await scene.taps(TAP, {statement: 'x', key: {}}, {statement: own.statement, key: {kty: 'oct'}})

    assert.equal(open(), 1)
  })
})
