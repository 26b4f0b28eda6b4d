/**
 * A program of somebody's that holds permits, as a test says, line by line.
 *
 * Each line in is `{do, ...}`, each line out what came of it: `{did, ...}`, or of itself
 * `{over, alive}` once a permit is.
 */
import os from 'node:os'
import {createInterface} from 'node:readline'
import {setTimeout as pause} from 'node:timers/promises'

import {Gate, GateError} from '../../embed/node/client.js'
import {media} from '../../embed/node/media.js'

const [url, key] = process.argv.slice(2)
const gate = new Gate(url, key)
const permits = {}
const stops = {}
const {uptime} = os
const {now} = Date

const say = line => process.stdout.write(`${JSON.stringify(line)}\n`)
const look = permit => ({alive: permit.alive, left: permit.left, people: permit.people})
const forever = signal =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))

function hold(name, permit) {
  permits[name] = permit
  permit.signal.addEventListener('abort', () =>
    say({over: name, alive: permit.alive, why: permit.signal.reason.code}),
  )
}

const BODIES = {
  /** It waits as one does who hands the signal on. */
  waits: ({signal}) => forever(signal),
  /** The platform's own words for the same: an AbortError. */
  pauses: ({signal}) => pause(1e6, null, {signal}),
  counts: async permit => {
    let count = 0
    while (permit.alive) {
      count++
      await pause(5)
    }
    return {count: count > 0}
  },
  fails: () => {
    throw new RangeError('of its own')
  },
  returns: () => 'done',
}

const ACTS = {
  async open({wanted}) {
    const room = await gate.openRoom(wanted)
    return {room: room.id, opened: room.opened}
  },
  async room({room}) {
    const it = gate.room(room)
    const entry = await it.entry('ann')
    await it.report(new Set(['ann']))
    const state = await it.state()
    await it.end()
    return {entry, people: state.people, ended: (await it.state()).ended}
  },
  async permit({name, room, wait, feature = 'minutes'}) {
    stops[name] = new AbortController()
    const permit = await gate.room(room).permit(feature, {wait, signal: stops[name].signal})
    hold(name, permit)
    return look(permit)
  },
  async with({name, room, body}) {
    const work = permit => {
      hold(name, permit)
      say({begun: name})
      return BODIES[body](permit)
    }
    return {returned: await gate.room(room).withPermit('minutes', work)}
  },
  look: ({name}) => look(permits[name]),
  /** Packets, until each of so many people has been heard; then on, until it is over. */
  async media({name, people, audio}) {
    const found = {}
    for await (const {content, ...packet} of media(permits[name], {audio})) {
      const known = Object.keys(found).length
      found[packet.name] ??= {...packet, length: content.length}
      if (known < people && Object.keys(found).length === people) say({heard: found})
    }
  },
  check({name}) {
    permits[name].check()
    return {}
  },
  /** By this program's own clock: longer than any lease lasts that is not renewed. */
  async outlasts({name, seconds}) {
    const until = performance.now() + seconds * 1e3
    while (performance.now() < until && permits[name].alive) await pause(5)
    return look(permits[name])
  },
  async ended({name}) {
    await permits[name].ended
    return look(permits[name])
  },
  stop: ({name}) => {
    stops[name].abort(new Error('somebody stopped it'))
    return look(permits[name])
  },
  async release({name}) {
    const released = permits[name].release()
    const {alive} = permits[name]
    await Promise.all([released, permits[name][Symbol.asyncDispose]()])
    return {alive}
  },
  sleep({seconds, name}) {
    os.uptime = () => uptime() + seconds
    return look(permits[name])
  },
  /** The same; nobody looks, and what is due first comes first. */
  async sleeps({seconds}) {
    os.uptime = () => uptime() + seconds
    await pause(300)
    return {}
  },
  clock({seconds}) {
    Date.now = () => now() + seconds * 1e3
    return {}
  },
}

for await (const line of createInterface({input: process.stdin})) {
  const {do: act, ...more} = JSON.parse(line)
  Promise.resolve(more)
    .then(ACTS[act])
    .then(
      came => say({did: act, ...came}),
      fault =>
        say({did: act, fault: fault.name, code: fault.code, ours: fault instanceof GateError}),
    )
}
