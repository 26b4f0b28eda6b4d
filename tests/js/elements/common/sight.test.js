import assert from 'node:assert/strict'
import {beforeEach, describe, test} from 'node:test'

import {ARMING, LATE, Sight} from '../../../../static/elements/common/sight.js'

const LOOK = 100
const BOX = {x: 10, y: 10, width: 100, height: 50}
const INSIDE = {x: 60, y: 35}
const yes = {deed: 'allow', node: {}, box: BOX}
const no = {deed: 'stop', node: {}, box: BOX}
const moved = (thing, y) => ({...thing, box: {...thing.box, y: thing.box.y + y}})

let sight
let now
beforeEach(() => {
  sight = new Sight()
  now = 0
})

/** The same things, looked at for so many milliseconds. */
function shows(milliseconds, things, spot = null) {
  for (const end = now + milliseconds; now < end; now += LOOK) sight.see(now, things, spot)
  sight.see(now, things, spot)
}

describe('test_R16_press', () => {
  test('nothing was seen before the first look, nor less than its time ago', () => {
    assert.equal(sight.saw('allow', 0, INSIDE), false)
    shows(ARMING - 1, [yes])
    for (let at = 0; at < ARMING; at += 50) assert.equal(sight.saw('allow', at, INSIDE), false)
  })

  test('what was there for its time is seen there, and nowhere else', () => {
    shows(ARMING, [yes])

    assert.equal(sight.saw('allow', now, INSIDE), true)
    assert.equal(sight.saw('allow', now, {x: 200, y: 35}), false)
    assert.equal(sight.saw('stop', now, INSIDE), false)
  })

  test('what comes to a place is not seen at it until its time is over', () => {
    shows(ARMING, [yes])
    const came = now
    for (now += LOOK; now < came + ARMING; now += LOOK) {
      sight.see(now, [no])
      assert.equal(sight.saw('stop', now, INSIDE), false, `${now - came} ms later`)
    }
    shows(LOOK * 2, [no])

    assert.equal(sight.saw('stop', now, INSIDE), true)
  })

  test('a press counts as of when it was made, however late the page comes to it', () => {
    shows(ARMING * 2, [yes])
    const pressed = now
    for (let late = 1; late < LATE; late += 1) {
      sight.see(pressed + late, [yes])
      assert.equal(sight.saw('allow', pressed, INSIDE), true, `${late} ms late`)
    }
  })

  test('a press on the part of it that has stayed where it was counts', () => {
    shows(ARMING, [yes])
    now += LOOK
    sight.see(now, [moved(yes, 20)])

    assert.equal(sight.saw('allow', now, {x: 60, y: 50}), true)
    assert.equal(sight.saw('allow', now, {x: 60, y: 75}), false)
  })

  test('a moment out of view begins it anew, and so does a page that nobody saw', () => {
    shows(ARMING, [yes])
    now += LOOK
    sight.see(now, [{...yes, box: null}])
    now += LOOK
    shows(LOOK, [yes])
    assert.equal(sight.saw('allow', now, INSIDE), false)
    assert.equal(sight.saw('allow', now), true)

    sight.forget()
    shows(LOOK, [yes])
    assert.equal(sight.saw('allow', now), false)
  })

  test('a part drawn anew at its place is what it was', () => {
    shows(ARMING, [yes])
    now += LOOK
    sight.see(now, [{...yes, node: {}}])

    assert.equal(sight.saw('allow', now, INSIDE), true)
  })

  test('what was covered where the press is was not seen there', () => {
    shows(ARMING, [yes], {...INSIDE, deed: 'react'})
    now += LOOK
    sight.see(now, [yes], {...INSIDE, deed: 'allow'})

    assert.equal(sight.saw('allow', now, INSIDE), false)
    assert.equal(sight.saw('allow', now, {x: 100, y: 55}), true)
  })

  test('its own person may scroll it', () => {
    shows(ARMING, [yes])
    sight.carry(yes.node, 0, -40)
    now += LOOK
    sight.see(now, [moved(yes, -40)])

    assert.equal(sight.saw('allow', now, {x: 60, y: 5}), true)
    assert.equal(sight.saw('allow', now, {x: 60, y: 55}), false)
  })

  test('however it is looked at, no press counts on what was not there', () => {
    for (let round = 0; round < 300; round += 1) {
      const own = new Sight()
      const came = 2000 + Math.random() * 1000
      const pressed = came + Math.random() * 1200
      for (let at = 0; at <= pressed; at += 10 + Math.random() * 300)
        own.see(at, at < came ? [yes] : [no])
      own.see(pressed, [no])
      if (pressed - came < ARMING) assert.equal(own.saw('stop', pressed, INSIDE), false)
      assert.equal(own.saw('allow', pressed, INSIDE), false)
    }
  })
})
