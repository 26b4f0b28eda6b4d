import assert from 'node:assert/strict'
import {describe, test} from 'node:test'

import {PeerLink} from '../../../static/rtc/peer-link.js'
import {FakeClock} from '../fakes.js'

class FakePeer extends EventTarget {
  state = 'new'
  answered = false
  asked = []

  constructor(generation) {
    super()
    this.generation = generation
  }

  receive(payload) {
    this.asked.push(payload.kind)
    this.answered ||= payload.kind === 'description'
  }

  repair() {
    this.asked.push('repair')
  }

  remind() {
    this.asked.push('remind')
  }

  close() {
    this.state = 'closed'
  }

  becomes(state) {
    this.state = state
    this.dispatchEvent(new Event('state'))
  }
}

class Scene {
  clock = new FakeClock()
  peers = []
  sent = []
  #names = 0

  constructor(leader) {
    this.link = new PeerLink({
      leader,
      after: this.clock.after,
      name: () => `g${++this.#names}`,
      send: payload => this.sent.push(payload),
      connect: generation => {
        this.peers.push(new FakePeer(generation))
        return this.peers.at(-1)
      },
    })
  }

  get peer() {
    return this.peers.at(-1)
  }

  get generations() {
    return this.peers.map(({generation}) => generation)
  }

  hears(kind, generation, type = 'offer') {
    const description = {type, sdp: 'v=0'}
    this.link.receive({kind, generation, description, sources: {}, candidates: []})
  }

  connects() {
    this.peer.answered = true
    this.peer.becomes('connected')
    return this
  }
}

for (const leader of [true, false])
  test(`a link that never stands is late at the ${leader ? 'leader' : 'follower'}’s end`, () => {
    const scene = new Scene(leader)
    scene.clock.pass(11_999)
    assert.equal(scene.link.late, false)
    scene.clock.pass(1)
    assert.equal(scene.link.late, true)
    scene.link.close()

    assert.equal(scene.clock.waiting, 0)
  })

describe('the leader', () => {
  test('begins the first generation', () => {
    assert.deepEqual(new Scene(true).generations, ['g1'])
  })

  test('is not moved by what is left over from another generation', () => {
    const scene = new Scene(true)
    scene.hears('description', 'g0', 'answer')
    scene.hears('description', 'g0', 'offer')
    scene.hears('candidates', 'g0')

    assert.deepEqual(scene.generations, ['g1'])
    assert.deepEqual(scene.peer.asked, [])
  })

  test('begins another one for somebody who has come back without the first', () => {
    const scene = new Scene(true).connects()
    scene.hears('restart', '')

    assert.deepEqual(scene.generations, ['g1', 'g2'])
    assert.equal(scene.peers[0].state, 'closed')
  })

  test('does not begin again for a request that its offer has crossed', () => {
    const scene = new Scene(true)
    scene.hears('restart', '')

    assert.deepEqual(scene.generations, ['g1'])
  })

  test('begins another one when the follower has given this one up', () => {
    const scene = new Scene(true)
    scene.hears('restart', 'g1')

    assert.deepEqual(scene.generations, ['g1', 'g2'])
  })

  test('says an unanswered offer again, then begins anew, with growing patience', () => {
    const scene = new Scene(true)
    scene.clock.pass(6_000)
    assert.deepEqual(scene.peer.asked, ['remind'])
    scene.clock.pass(12_000)
    assert.deepEqual(scene.generations, ['g1', 'g2'])
    scene.clock.pass(19_999)
    assert.equal(scene.peers.length, 2)
    scene.clock.pass(1)

    assert.equal(scene.peers.length, 3)
  })
})

describe('the follower', () => {
  test('asks for a generation, and takes part in the one it is offered', () => {
    const scene = new Scene(false)
    assert.deepEqual(scene.sent, [{kind: 'restart', generation: ''}])
    scene.hears('description', 'a')

    assert.deepEqual(scene.generations, ['a'])
    assert.deepEqual(scene.peer.asked, ['description'])
  })

  test('leaves the old generation for a new one, and does not go back', () => {
    const scene = new Scene(false)
    scene.hears('description', 'a')
    scene.hears('description', 'b')
    scene.hears('description', 'a')
    scene.hears('candidates', 'a')

    assert.deepEqual(scene.generations, ['a', 'b'])
    assert.equal(scene.peers[0].state, 'closed')
    assert.deepEqual(scene.peer.asked, ['description'])
  })

  test('makes nothing of candidates or answers without an offer', () => {
    const scene = new Scene(false)
    scene.hears('candidates', 'a')
    scene.hears('description', 'a', 'answer')
    scene.hears('restart', 'a')

    assert.deepEqual(scene.generations, [])
  })

  test('asks again when nothing comes', () => {
    const scene = new Scene(false)
    scene.clock.pass(6_000)

    assert.equal(scene.sent.length, 2)
  })

  test('asks for another generation when a new path did not help', () => {
    const scene = new Scene(false)
    scene.hears('description', 'a')
    scene.connects().peer.becomes('failed')
    assert.deepEqual(scene.peer.asked, ['description', 'repair'])
    scene.peer.becomes('failed')

    assert.deepEqual(scene.sent.at(-1), {kind: 'restart', generation: 'a'})
  })
})

for (const leader of [true, false])
  describe(leader ? 'a link that we lead' : 'a link that we follow', () => {
    const standing = () => {
      const scene = new Scene(leader)
      if (!leader) scene.hears('description', 'a')
      scene.connects()
      scene.peer.asked = []
      return scene
    }

    test('is left alone while it stands', () => {
      const scene = standing()
      scene.clock.pass(600_000)

      assert.deepEqual(scene.peer.asked, [])
      assert.equal(scene.clock.waiting, 0)
    })

    test('gets a new path at once when it has failed', () => {
      const scene = standing()
      scene.peer.becomes('failed')

      assert.deepEqual(scene.peer.asked, ['repair'])
    })

    test('gets a new path after 3 s of disconnection, but not if it mends by itself', () => {
      const scene = standing()
      scene.peer.becomes('disconnected')
      scene.clock.pass(2_999)
      scene.peer.becomes('connected')
      scene.clock.pass(600_000)
      assert.deepEqual(scene.peer.asked, [])
      scene.peer.becomes('disconnected')
      scene.clock.pass(3_000)

      assert.deepEqual(scene.peer.asked, ['repair'])
    })

    test('gets a new path when our network has changed', () => {
      const scene = standing()
      scene.link.reroute()

      assert.deepEqual(scene.peer.asked, ['repair'])
    })

    test('says again what may have been lost when signaling is back', () => {
      const scene = standing()
      scene.link.refresh()
      scene.peer.state = 'disconnected'
      scene.link.refresh()

      assert.deepEqual(scene.peer.asked, ['remind', 'repair'])
    })

    test('is late after 12 s without a way, and in time once it stands again', () => {
      const scene = standing()
      const told = []
      scene.link.addEventListener('path', () => told.push(scene.link.late))
      scene.clock.pass(60_000)
      assert.equal(scene.link.late, false)
      scene.peer.becomes('disconnected')
      scene.clock.pass(11_999)
      assert.equal(scene.link.late, false)
      scene.clock.pass(1)
      assert.equal(scene.link.late, true)
      scene.connects()
      scene.clock.pass(60_000)

      assert.deepEqual(told, [true, false])
    })

    test('is given time anew when both ends are back', () => {
      const scene = standing()
      scene.peer.becomes('failed')
      scene.clock.pass(12_000)
      assert.equal(scene.link.late, true)
      scene.link.refresh()
      assert.equal(scene.link.late, false)
      scene.clock.pass(12_000)

      assert.equal(scene.link.late, true)
    })

    test('leaves nothing behind', () => {
      const scene = standing()
      const {peer} = scene
      peer.becomes('disconnected')
      scene.link.close()
      peer.dispatchEvent(new Event('state'))

      assert.equal(peer.state, 'closed')
      assert.equal(scene.clock.waiting, 0)
    })
  })

for (const leader of [true, false])
  describe(`a connection that is not the other end’s, at the ${leader ? 'leader' : 'follower'}’s`, () => {
    const begun = () => {
      const scene = new Scene(leader)
      if (!leader) scene.hears('description', 'g1')
      return scene
    }

    test('is over at once, and the other end is told', () => {
      const scene = begun()
      scene.peer.dispatchEvent(new Event('forged'))

      assert.equal(scene.link.forged, true)
      assert.equal(scene.link.peer, null)
      assert.equal(scene.peer.state, 'closed')
      assert.deepEqual(scene.sent.at(-1), {kind: 'distrust', generation: 'g1'})
      assert.equal(scene.clock.waiting, 0)
    })

    test('nothing leads back to, and nothing is looked for any more', () => {
      const scene = begun()
      scene.peer.dispatchEvent(new Event('forged'))
      const said = scene.sent.length
      for (const [kind, generation] of [
        ['description', 'g1'],
        ['description', 'g2'],
        ['restart', 'g1'],
      ])
        scene.hears(kind, generation)
      scene.link.refresh()
      scene.link.reroute()
      scene.clock.pass(600_000)

      assert.deepEqual([scene.peers.length, scene.sent.length, scene.link.late], [1, said, false])
    })

    test('is believed when the other end says so of this generation', () => {
      const scene = begun()
      let told = 0
      scene.link.addEventListener('path', () => (told += 1))
      scene.hears('distrust', 'g0')
      assert.deepEqual([scene.link.forged, told], [false, 0])
      scene.hears('distrust', 'g1')

      assert.deepEqual([scene.link.forged, scene.peer.state, told], [true, 'closed', 1])
    })
  })

describe('what the two ends want', () => {
  const wants = (generation, camera) => ({kind: 'wants', generation, heights: {camera}})

  test('is heard of this connection only, and forgotten with it', () => {
    const scene = new Scene(true).connects()
    let told = 0
    scene.link.addEventListener('wants', () => (told += 1))
    scene.link.receive(wants('g0', 0))
    assert.equal(scene.link.wanted.camera, 720)
    scene.link.receive(wants('g1', 90))
    assert.equal(scene.link.wanted.camera, 90)
    scene.hears('restart', 'g1')

    assert.equal(scene.link.wanted.camera, 720)
    assert.equal(told, 2)
    assert.deepEqual(scene.peers[0].asked, [])
  })

  test('is said when there is a way, and again on each new one and after a loss', () => {
    const scene = new Scene(true)
    const said = () => scene.sent.filter(({kind}) => kind === 'wants').map(each => each.generation)
    scene.link.want({camera: 0})
    assert.deepEqual(said(), [])
    scene.connects()
    scene.link.refresh()
    scene.hears('restart', 'g1')
    scene.connects()

    assert.deepEqual(said(), ['g1', 'g1', 'g2'])
  })

  test('leaves no timer behind', () => {
    const scene = new Scene(true).connects()
    scene.link.want({camera: 0})
    scene.link.receive(wants('g1', 90))
    scene.link.close()

    assert.equal(scene.clock.waiting, 0)
  })
})
