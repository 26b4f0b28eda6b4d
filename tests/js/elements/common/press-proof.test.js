/**
 * The proof of rule 16, and that it can fail: random pages and presses, judged by what was on
 * the screen all along, without the code that decides. Each mutant takes presses too early.
 */

import assert from 'node:assert/strict'
import {readFileSync} from 'node:fs'
import {describe, test} from 'node:test'

import {Sight} from '../../../../static/elements/common/sight.js'

const SOURCE = readFileSync(
  new URL('../../../../static/elements/common/sight.js', import.meta.url),
  'utf8',
)
/** Milliseconds that design.md, rule 16, asks for. */
const LONG = 600
const PAGES = 300
const DEEDS = ['allow', 'decline', 'stop']
const MUTANTS = {
  'a press is taken at once': ['ARMING = 600', 'ARMING = 0'],
  'a press is taken too early': ['ARMING = 600', 'ARMING = 300'],
  'what was seen before does not count': [
    '[first, ...later].every',
    '[first, ...later].slice(-1).every',
  ],
  'who has just begun to look has seen all': ['if (!first || first.at > from)', 'if (!first)'],
  'where it was does not matter': [' && within(box, point)', ''],
}

const any = items => items[Math.floor(Math.random() * items.length)]

/** What a page shows: for each change its moment, and what can be pressed in which row from then on. */
function page() {
  const changes = [{at: 0, rows: [any(DEEDS), any(DEEDS), null]}]
  for (let at = 0; at < 4000;) {
    at += 50 + Math.random() * 900
    const rows = [...changes.at(-1).rows]
    rows[Math.floor(Math.random() * rows.length)] = any([...DEEDS, null])
    changes.push({at, rows})
  }
  return changes
}

const things = rows =>
  rows.flatMap((deed, row) =>
    deed ? [{deed, node: {}, box: {x: 0, y: row * 100, width: 100, height: 50}}] : [],
  )

/** Whether a row has shown nothing but this deed for the last `LONG`. */
const wasThere = (changes, deed, row, at) =>
  at >= LONG &&
  changes.every(({at: from, rows}, place) => {
    const until = changes[place + 1]?.at ?? Infinity
    return until <= at - LONG || from > at || rows[row] === deed
  })

/** Press all over one page after another: what was taken too early, and how many were taken. */
function judge(SightOfPage) {
  const found = {early: 0, taken: 0}
  for (let number = 0; number < PAGES; number += 1) {
    const changes = page()
    const sight = new SightOfPage()
    const pressed = Math.random() * 4000
    for (const {at, rows} of changes.filter(({at}) => at <= pressed)) sight.see(at, things(rows))
    for (const deed of DEEDS)
      for (const row of [0, 1, 2]) {
        if (!sight.saw(deed, pressed, {x: 50, y: row * 100 + 25})) continue
        found.taken += 1
        if (!wasThere(changes, deed, row, pressed)) found.early += 1
      }
  }
  return found
}

describe('test_R16_press', () => {
  test('no press is taken on what was not there for its time, and others are', () => {
    const {early, taken} = judge(Sight)

    assert.equal(early, 0)
    assert.ok(taken > PAGES / 10, `${taken} taken`)
  })

  for (const [name, [right, wrong]] of Object.entries(MUTANTS))
    test(`it is found if ${name}`, async () => {
      assert.equal(SOURCE.split(right).length, 2, `${right} is no longer in the source`)
      const text = encodeURIComponent(SOURCE.replace(right, wrong))
      const mutant = await import(`data:text/javascript,${text}`)

      assert.ok(judge(mutant.Sight).early > 0)
    })
})
