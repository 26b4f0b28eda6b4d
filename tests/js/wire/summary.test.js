import assert from 'node:assert/strict'
import {readFileSync} from 'node:fs'
import {test} from 'node:test'

import {isSummary} from '../../../static/wire/summary.js'

const examples = JSON.parse(
  readFileSync(new URL('../../wire/messages.json', import.meta.url), 'utf8'),
)
const [model, rules] = examples.server
  .filter(({type}) => type === 'summary')
  .map(({summary}) => summary)

test('what the server writes is a summary', () => {
  assert.ok(isSummary(model))
  assert.ok(isSummary(rules))
})

test('what has another shape anywhere is none', () => {
  const spoil = change => {
    const copy = structuredClone(model)
    change(copy)
    return copy
  }
  for (const wrong of [
    null,
    [],
    {},
    spoil(each => (each.engine = 'oracle')),
    spoil(each => delete each.masked),
    spoil(each => (each.sections = {})),
    spoil(each => (each.sections[0].kind = 'gossip')),
    spoil(each => (each.sections[0].items[0].text = 7)),
    spoil(each => (each.sections[0].items[0].quotes = [null])),
    spoil(each => delete each.sections[0].items[0].quotes[0].at),
  ])
    assert.ok(!isSummary(wrong))
})
