import assert from 'node:assert/strict'
import {describe, test} from 'node:test'

import {Signaling} from '../../../static/wire/signaling.js'
import {FakeWorld, settle} from '../fakes.js'

const WELCOME = {
  type: 'welcome',
  you: 'ada',
  resume: 's3cret',
  host: false,
  people: [],
  signs: [],
  offerings: [],
  answers: [],
  chat: [],
  screens: [],
  grace: 30,
  ice: {type: 'ice', servers: [], relay_only: false},
  after: 'me.mac',
  door: {locked: false, knock: false},
  knocks: [],
}
const hello = challenge => ({type: 'hello', protocol: 4, challenge, life: 'l1'})
const fault = (code, about) => ({type: 'fault', code, detail: '…', about, feature: null})
const line = number => ({
  type: 'chat-line',
  number,
  sender: 'bo',
  name: 'Bo',
  text: 'Hello',
  at: '2026-11-22T10:42:00Z',
})

class Scene {
  world = new FakeWorld()
  heard = []
  ahead = []

  constructor() {
    const enter = async challenge => ({type: 'join', challenge})
    this.signaling = new Signaling('wss://here/socket', enter, this.world)
    for (const type of ['message', 'lost', 'resuming', 'unreached', 'farewell'])
      this.signaling.addEventListener(type, event => this.#note(event))
    this.signaling.open()
  }

  #note(event) {
    if (event.type === 'message') this.heard.push([event.message.type, event.fresh])
    else if (event.type === 'farewell') this.heard.push(['farewell', event.code, event.fault?.code])
    else this.heard.push([event.type])
    if (event.type === 'resuming') for (const each of this.ahead) this.signaling.sendAhead(each)
  }

  get socket() {
    return this.world.socket
  }

  get said() {
    return this.heard.map(([type]) => type)
  }

  async joined() {
    this.socket.says(hello('c1'))
    await settle()
    this.socket.says(WELCOME)
    return this
  }

  /** Lose the connection and be on the next socket, just after its hello. */
  async back(challenge = 'c2') {
    this.socket.ends(1006)
    this.world.clock.pass(5_000)
    this.socket.says(hello(challenge))
    await settle()
  }
}

describe('taking a seat', () => {
  test('joins with the challenge of this socket', async () => {
    const {socket, heard, signaling} = await new Scene().joined()

    assert.deepEqual(socket.sent, [{type: 'join', challenge: 'c1'}])
    assert.deepEqual(heard, [['welcome', true]])
    assert.ok(signaling.seated)
  })

  test('sends no message before it has one, and what people did goes out then', async () => {
    const scene = new Scene()
    assert.equal(scene.signaling.send({type: 'hand', raised: true}), false)
    assert.equal(scene.signaling.send({type: 'signal', to: 'bo', payload: 'x'}), false)
    await scene.joined()

    assert.deepEqual(scene.socket.types, ['join', 'hand'])
  })

  test('a join that is signed too late is not said on the next socket', async () => {
    const scene = new Scene()
    const first = scene.socket
    first.says(hello('c1'))
    first.ends(1006)
    scene.world.clock.pass(5_000)
    await settle()

    assert.deepEqual([first.sent, scene.socket.sent], [[], []])
  })
})

describe('a lost connection', () => {
  test('is taken up again, with the number of the last chat line', async () => {
    const scene = await new Scene().joined()
    scene.socket.says(line(4))
    await scene.back()

    assert.deepEqual(scene.socket.sent, [
      {type: 'resume', participant: 'ada', secret: 's3cret', seen: 4},
    ])
    scene.socket.says(WELCOME)
    assert.deepEqual(scene.heard.at(-1), ['welcome', false])
  })

  test('counts the lines that came with the welcome', async () => {
    const scene = await new Scene().joined()
    await scene.back()
    scene.socket.says({...WELCOME, chat: [line(5), line(6)]})
    await scene.back()

    assert.equal(scene.socket.sent[0].seen, 6)
  })

  test('is said once, and nothing more is heard of the old socket', async () => {
    const scene = await new Scene().joined()
    const old = scene.socket
    old.ends(1006)
    old.ends(1006)
    old.says({type: 'pong'})

    assert.deepEqual(scene.said, ['welcome', 'lost'])
  })

  test('waits 0.2 s, then twice as long each time, up to 5 s, with jitter below that', async () => {
    const {world} = await new Scene().joined()
    const waits = []
    for (let attempt = 0; attempt < 8; attempt++) {
      const {now} = world.clock
      const {length} = world.sockets
      world.socket.ends(1006)
      while (world.sockets.length === length) world.clock.pass(10)
      waits.push(world.clock.now - now)
    }

    assert.deepEqual(waits, [200, 400, 800, 1600, 3200, 5000, 5000, 5000])
    world.random = () => 0
  })

  test('tries again at once when the network is back', async () => {
    const {world} = await new Scene().joined()
    world.socket.ends(1006)
    world.networkChanges()

    assert.equal(world.sockets.length, 2)
    assert.equal(world.sockets[1].readyState, 1)
    world.clock.pass(5_000)
    assert.equal(world.sockets.length, 2)
  })

  test('where the seat is gone joins anew on the same socket, and counts lines from 0', async () => {
    const scene = await new Scene().joined()
    scene.socket.says(line(9))
    await scene.back()
    scene.socket.says(fault('resume-unknown', 'resume'))
    await settle()
    scene.socket.says(WELCOME)

    assert.deepEqual(scene.socket.sent[1], {type: 'join', challenge: 'c2'})
    assert.deepEqual(scene.heard.at(-1), ['welcome', true])
    await scene.back('c3')
    assert.equal(scene.socket.sent[0].seen, 0)
  })

  test('a no goes out with the resume, not after the welcome', async () => {
    const scene = await new Scene().joined()
    scene.ahead = [{type: 'decide', feature: 'recording', decision: 'declined', statement: 'a.b.c'}]
    await scene.back()

    assert.deepEqual(scene.socket.types, ['resume', 'decide'])
  })

  test('a no sent ahead of a seat that is gone costs one more socket, not the meeting', async () => {
    const scene = await new Scene().joined()
    scene.ahead = [{type: 'decide', feature: 'recording', decision: 'declined', statement: 'a.b.c'}]
    await scene.back()
    scene.socket.says(fault('resume-unknown', 'resume'))
    scene.socket.says(fault('out-of-order', 'decide'))
    scene.socket.ends(4000)
    scene.world.clock.pass(5_000)
    scene.socket.says(hello('c3'))
    await settle()

    assert.deepEqual(scene.socket.sent, [{type: 'join', challenge: 'c3'}])
    assert.deepEqual(scene.said, ['welcome', 'lost', 'resuming', 'lost'])
  })

  test('keeps what people do in order, and drops what machines say', async () => {
    const scene = await new Scene().joined()
    scene.socket.ends(1006)
    for (const type of ['request', 'signal', 'cancel', 'tap-offer', 'react', 'chat', 'hand'])
      scene.signaling.send({type})
    scene.world.clock.pass(200)
    scene.socket.says(hello('c2'))
    scene.socket.says(WELCOME)

    assert.deepEqual(scene.socket.types, ['resume', 'request', 'cancel', 'hand'])
  })
})

describe('silence', () => {
  test('is broken by a ping every 4 s', async () => {
    const {world, socket} = await new Scene().joined()
    world.clock.pass(4_000)
    socket.says({type: 'pong'})
    world.clock.pass(4_000)

    assert.deepEqual(socket.types, ['join', 'ping', 'ping'])
  })

  test('of ours is broken where the server asks, without a timer', async () => {
    const {socket} = await new Scene().joined()
    socket.says({type: 'probe'})

    assert.deepEqual(socket.types, ['join', 'here'])
  })

  test('of 12 s is loss', async () => {
    const scene = await new Scene().joined()
    scene.world.clock.pass(11_999)
    assert.deepEqual(scene.said, ['welcome'])
    scene.world.clock.pass(1)

    assert.deepEqual(scene.said, ['welcome', 'lost'])
    assert.equal(scene.world.sockets[0].readyState, 3)
  })

  test('of a socket that never opens is loss too', async () => {
    const scene = await new Scene().joined()
    scene.socket.ends(1006)
    scene.world.clock.pass(200)
    assert.equal(scene.world.sockets.length, 2)
    scene.world.clock.pass(12_400)

    assert.equal(scene.world.sockets.length, 3)
  })

  for (const [how, tries] of [
    ['never open', () => {}],
    ['are refused, one after the other', scene => scene.socket.ends(1006)],
  ])
    test(`of sockets that ${how} is told after 10 s at the door, and nothing goes on`, () => {
      const scene = new Scene()
      for (let second = 0; second < 9; second++) {
        tries(scene)
        scene.world.clock.pass(1_000)
      }
      assert.ok(!scene.said.includes('unreached'))
      scene.world.clock.pass(1_000)

      assert.equal(scene.said.at(-1), 'unreached')
      assert.equal(scene.world.clock.waiting, 0)
      assert.equal(scene.world.watchers.size, 0)
      assert.equal(scene.socket.readyState, 3)
    })

  test('is told at the door only: a seat that is lost is looked for without end', async () => {
    const scene = await new Scene().joined()
    scene.socket.ends(1006)
    scene.world.clock.pass(120_000)

    assert.ok(!scene.said.includes('unreached'))
  })

  test('after a change of network is loss within 3 s', async () => {
    const scene = await new Scene().joined()
    scene.world.networkChanges()
    assert.deepEqual(scene.socket.types, ['join', 'ping'])
    scene.world.clock.pass(3_000)

    assert.deepEqual(scene.said, ['welcome', 'lost'])
  })
})

describe('a farewell', () => {
  for (const code of [1000, 4001])
    test(`${code} is final`, async () => {
      const scene = await new Scene().joined()
      scene.socket.ends(code)
      scene.world.clock.pass(60_000)

      assert.deepEqual(scene.heard.at(-1), ['farewell', code, undefined])
      assert.equal(scene.world.sockets.length, 1)
      assert.equal(scene.world.clock.waiting, 0)
    })

  for (const code of [1001, 1006, 1008, 1009, 1013, 4000])
    test(`${code} in a meeting is none`, async () => {
      const scene = await new Scene().joined()
      scene.socket.ends(code)
      scene.world.clock.pass(200)

      assert.equal(scene.world.sockets.length, 2)
    })

  test('a refused join is final, and brings the reason', async () => {
    const scene = new Scene()
    scene.socket.says(fault('room-full', null))
    scene.socket.ends(4000)

    assert.deepEqual(scene.heard.at(-1), ['farewell', 4000, 'room-full'])
  })

  test('a room that has ended meanwhile is final', async () => {
    const scene = await new Scene().joined()
    scene.socket.ends(1006)
    scene.world.clock.pass(200)
    scene.socket.says(fault('room-ended', null))
    scene.socket.ends(4000)

    assert.deepEqual(scene.heard.at(-1), ['farewell', 4000, 'room-ended'])
  })

  test('a refusal for haste is none', async () => {
    const scene = new Scene()
    scene.socket.says(fault('rate-limited', null))
    scene.socket.ends(4000)
    scene.world.clock.pass(200)

    assert.equal(scene.world.sockets.length, 2)
  })

  test('our own leaves nothing behind', async () => {
    const scene = await new Scene().joined()
    scene.signaling.close()
    scene.signaling.close()
    scene.world.clock.pass(60_000)

    assert.equal(scene.world.sockets.length, 1)
    assert.equal(scene.world.watchers.size, 0)
    assert.equal(scene.world.clock.waiting, 0)
    assert.deepEqual(scene.said, ['welcome'])
  })
})

test('a server that drops us after each welcome is not stormed', async () => {
  const scene = await new Scene().joined()
  for (const wait of [200, 400, 800]) {
    scene.socket.ends(1006)
    const {length} = scene.world.sockets
    scene.world.clock.pass(wait - 1)
    assert.equal(scene.world.sockets.length, length)
    scene.world.clock.pass(1)
    assert.equal(scene.world.sockets.length, length + 1)
    scene.socket.says(hello('c'))
    scene.socket.says(WELCOME)
  }
  scene.world.clock.pass(5_000)
  scene.socket.says({type: 'pong'})
  scene.socket.ends(1006)
  const {length} = scene.world.sockets
  scene.world.clock.pass(200)

  assert.equal(scene.world.sockets.length, length + 1)
})
