import assert from 'node:assert/strict'
import {describe, test} from 'node:test'
import {placeOf, without} from '../../../static/kept/after-summary.js'
import {SummaryActs} from '../../../static/pages/after-acts.js'
import {AfterTexts} from '../../../static/pages/after-texts.js'
import {KEPT, film, line, quote, summary, summaryKept, transcript} from '../kept-example.js'

const ids = ({sections}) => sections.flatMap(({items}) => items.map(({id}) => id))

describe('what was called wrong', () => {
  test('is out of sight, and a section without anything else too', () => {
    assert.deepEqual(ids(without(summary(), new Set(['i1']))), ['i2', 'i3'])
    assert.deepEqual(
      without(summary(), new Set(['i3'])).sections.map(({kind}) => kind),
      ['decisions'],
    )
    assert.deepEqual(without(summary(), new Set(['other'])), summary())
  })

  const acting = answer => {
    const seen = []
    const acts = new SummaryActs({remove: answer, write: answer}, () => seen.push(acts.pressed))
    return {acts, seen}
  }

  test('goes before the server has answered, and stays away', async () => {
    const {acts, seen} = acting(async () => true)

    assert.equal(await acts.remove('i1'), true)
    assert.deepEqual(
      seen.map(({gone, act}) => [[...gone], act]),
      [
        [['i1'], null],
        [['i1'], 'gone'],
      ],
    )
  })

  test('comes back when the server keeps it, and only that', async () => {
    const {acts} = acting(async () => false)
    const other = acting(async () => true)
    await other.acts.remove('i2')

    assert.equal(await acts.remove('i1'), false)
    assert.deepEqual(acts.pressed, {gone: new Set(), act: 'wrong-failed'})
    assert.deepEqual(other.acts.pressed, {gone: new Set(['i2']), act: 'gone'})
  })

  test('is written again with a word on the way and a word when it fails', async () => {
    const {acts, seen} = acting(async () => false)

    assert.equal(await acts.write(), false)
    assert.deepEqual(
      seen.map(({act}) => act),
      ['sending', 'write-failed'],
    )
  })
})

describe('a quote leads', () => {
  const filmed = {feature: 'recording', chapters: film().chapters}
  const lines = new Map([['l1', line()]])
  const at = clock => `2026-11-21T${clock}:00Z`

  test('into the film where the film shows it', () => {
    assert.deepEqual(placeOf({film: filmed, lines}, quote()), {
      feature: 'recording',
      moment: Date.parse(at('10:43')),
    })
  })

  test('into the film by its own time where there is no transcript', () => {
    const {moment} = placeOf({film: filmed, lines: new Map()}, quote({at: at('11:04')}))
    assert.equal(moment, Date.parse(at('11:04')))
  })

  test('to the part of its line that was filmed', () => {
    const early = new Map([['l1', line({from: at('10:41'), to: at('10:43')})]])
    const place = placeOf({film: filmed, lines: early}, quote({at: at('10:41')}))
    assert.equal(place.moment, Date.parse(at('10:42')))
  })

  test('else to its line, and nowhere without one', () => {
    assert.deepEqual(placeOf({film: null, lines}, quote()), {line: 'l1'})
    assert.equal(placeOf({film: null, lines: new Map()}, quote()), null)
    assert.equal(placeOf({film: filmed, lines: new Map()}, quote({at: at('11:00')})), null)
  })
})

describe('the texts of a meeting', () => {
  const {signal} = new AbortController()
  const words = (more = {}) => ({
    ...KEPT,
    transcript: transcript(),
    summary: summaryKept(),
    ...more,
  })
  const reading = (reads = {}) => {
    const asked = []
    const read = (what, value) => async url => {
      asked.push([what, url])
      return value
    }
    const texts = new AfterTexts({
      script: read('script', {lines: [line()]}),
      summary: read('summary', summary()),
      ...reads,
    })
    return {texts, asked: () => asked.splice(0).map(([what]) => what)}
  }

  test('are fetched once, and again only when they are others', async () => {
    const {texts, asked} = reading()

    assert.equal(await texts.follow(words(), signal), true)
    assert.deepEqual(asked(), ['script', 'summary'])
    await texts.follow(words(), signal)
    assert.deepEqual(asked(), [])
    await texts.follow(words({transcript: transcript({version: '2'})}), signal)
    assert.deepEqual(asked(), ['script'])
    await texts.follow(words({summary: summaryKept({version: '2'})}), signal)
    assert.deepEqual(asked(), ['script', 'summary'])
  })

  test('are gone from here when they are gone there', async () => {
    const {texts} = reading()
    await texts.follow(words(), signal)
    assert.equal(texts.known.script.lines.length, 1)

    await texts.follow(words({transcript: null, summary: summaryKept({url: null})}), signal)
    assert.deepEqual(texts.known, {script: null, summary: null, lost: false})
  })

  test('are asked for again when they did not come, and what was known stays', async () => {
    let here = true
    const script = async () => (here ? {lines: [line()]} : null)
    const {texts} = reading({script})
    await texts.follow(words(), signal)
    here = false

    assert.equal(await texts.follow(words({transcript: transcript({version: '2'})}), signal), false)
    assert.equal(texts.known.lost, true)
    assert.notEqual(texts.known.script, null)
    here = true
    assert.equal(await texts.follow(words({transcript: transcript({version: '2'})}), signal), true)
    assert.equal(texts.known.lost, false)
  })

  test('that come too late change nothing', async () => {
    const leaving = new AbortController()
    const script = async () => {
      leaving.abort()
      return {lines: [line()]}
    }
    const {texts} = reading({script})

    await texts.follow(words(), leaving.signal)
    assert.equal(texts.known.script, null)
  })
})
