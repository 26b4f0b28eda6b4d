import assert from 'node:assert/strict'
import {describe, test} from 'node:test'
import {
  find,
  isScript,
  lineAt,
  plain,
  rows,
  shownAt,
  takenBack,
} from '../../../static/kept/transcript.js'
import {feature, film, line, tombstone} from '../kept-example.js'

const at = clock => `2026-11-21T${clock}:00Z`
const moment = clock => Date.parse(at(clock))
const {stretches} = feature()
const {chapters} = film()
const lines = [
  line({id: 'a', from: at('10:43'), to: at('10:44')}),
  line({id: 'b', name: 'Tomás', from: at('10:50'), to: at('10:51'), text: 'The reserve pays.'}),
  tombstone({id: 'c', from: at('11:05'), to: at('11:06')}),
  line({id: 'd', from: at('11:10'), to: at('11:11'), text: 'Don’t forget the bicycles.'}),
]

describe('a transcript', () => {
  test('is read as it was written, tombstones too', () => {
    assert.ok(isScript({lines}))
    assert.ok(isScript({lines: []}))
    for (const other of [null, [], {}, {lines: [line({text: null})]}, {lines: [{id: 'a'}]}])
      assert.equal(isScript(other), false)
  })

  test('knows of a line that was taken back nothing but its time', () => {
    assert.ok(takenBack(lines[2]))
    assert.ok(!takenBack(lines[0]))
  })

  test('shows when it was off, once, before the next line', () => {
    assert.deepEqual(
      rows({lines}, stretches).map(({before}) => before),
      [null, null, {from: at('10:55'), to: at('11:04')}, null],
    )
  })

  test('tells of no gap where somebody came or went', () => {
    const middle = at('10:47')
    const parts = [
      {...stretches[0], to: middle},
      {...stretches[0], from: middle},
    ]
    assert.ok(rows({lines: lines.slice(0, 2)}, parts).every(({before}) => before === null))
  })

  test('tells of no gap before its first line, nor without knowing when it was on', () => {
    assert.equal(rows({lines: lines.slice(2)}, stretches)[0].before, null)
    assert.ok(rows({lines}, []).every(({before}) => before === null))
  })

  test('tells of the last gap when it was on in between without a word', () => {
    const quiet = [
      {...stretches[0], to: at('10:45')},
      {...stretches[0], from: at('10:47'), to: at('10:48')},
      stretches[1],
    ]
    const [, , gone] = rows({lines: [lines[0], lines[0], lines[2]]}, quiet)
    assert.deepEqual(gone.before, {from: at('10:48'), to: at('11:04')})
  })

  test('tells of a gap after a fall of the server no earlier than it was off for certain', () => {
    const cut = [{...stretches[0], latest: at('11:01')}, stretches[1]]
    const gaps = rows({lines}, cut).map(({before}) => before)
    assert.deepEqual(gaps[2], {from: at('11:01'), to: at('11:04')})
  })
})

describe('the moment of a line in the film', () => {
  test('is its beginning, or the first of it that was filmed', () => {
    assert.equal(shownAt(chapters, lines[0]), moment('10:43'))
    assert.equal(shownAt(chapters, {from: at('11:03'), to: at('11:05')}), moment('11:04'))
  })

  test('is none when nothing of it was filmed', () => {
    assert.equal(shownAt(chapters, {from: at('10:57'), to: at('10:58')}), null)
    assert.equal(shownAt([], lines[0]), null)
  })
})

test('the line that is said is the last that has begun', () => {
  const at = clock => lineAt(lines, moment(clock))

  assert.equal(at('10:42'), -1)
  assert.equal(at('10:43'), 0)
  assert.equal(at('11:00'), 1)
  assert.equal(at('23:00'), 3)
  assert.equal(lineAt([], moment('10:42')), -1)
})

describe('searching', () => {
  const found = wanted => [...find(lines, wanted)]

  test('takes every word, in the name or in what was said', () => {
    assert.deepEqual(found('reserve'), ['b'])
    assert.deepEqual(found('the reserve tomas'), ['b'])
    assert.deepEqual(found('reserve bicycles'), [])
  })

  test('minds neither case nor accents nor curly quotation marks', () => {
    assert.deepEqual(found("DON'T"), ['d'])
    assert.equal(plain('„Tomás“'), '"tomas"')
  })

  test('finds nothing in what was taken back, and everything when it looks for nothing', () => {
    assert.deepEqual(found('taken back'), [])
    assert.deepEqual(found('  '), ['a', 'b', 'c', 'd'])
  })
})
