import assert from 'node:assert/strict'
import {readFileSync} from 'node:fs'
import {describe, test} from 'node:test'

import {headingOf, plain, sourceOf, titleOf} from '../../../static/kept/summary.js'
import {clock} from '../../../static/i18n/when.js'
import {loadWords, words} from '../../../static/i18n/words.js'

const examples = JSON.parse(
  readFileSync(new URL('../../wire/messages.json', import.meta.url), 'utf8'),
)
const [model, rules] = examples.server
  .filter(({type}) => type === 'summary')
  .map(({summary}) => summary)
await loadWords('en')
const say = words('en')
const time = at => clock('en', at)

describe('what made it', () => {
  test('a model is named, with where it runs and that it errs', () => {
    const there = sourceOf(say, 'en', model)
    const here = sourceOf(say, 'en', {...model, host: null})

    assert.equal(titleOf(say, model), 'AI summary')
    assert.match(there, /^Written by apertus-8b at ai\.example\.net, from /)
    assert.match(here, /^Written by apertus-8b on this server, from /)
    for (const text of [there, here])
      assert.match(text, /It makes mistakes: each line shows the words it rests on\.$/)
  })

  test('rules are never called a summary or AI', () => {
    assert.equal(
      titleOf(say, rules),
      'Highlights (no AI model: quotes picked by rules; check them)',
    )
    assert.doesNotMatch(sourceOf(say, 'en', rules), /\b(written|model|AI|summary)\b/i)
    assert.equal(headingOf(say, 'rules', 'decisions'), 'Possible decisions')
    assert.equal(headingOf(say, 'rules', 'todos'), 'Possible to-dos')
    assert.equal(headingOf(say, 'model', 'decisions'), 'Decided')
  })
})

describe('as plain text', () => {
  test('each line stands with the words that it rests on, who said them, and when', () => {
    const text = plain(say, 'en', model)

    assert.match(
      text,
      /\n\nTo do\n- Write to Two Spades\.\n {2}Who: Bo\n {2}Until when: by Tuesday\n/,
    )
    assert.ok(text.includes(`  “I write to them by Tuesday.” Bo, ${time('2026-11-22T11:24:00Z')}`))
    assert.ok(text.startsWith(`AI summary\n${sourceOf(say, 'en', model)}\n`))
    assert.ok(text.includes(say('summary.masked')))
  })

  test('quotes speak for themselves, and nobody is named who is no longer', () => {
    const text = plain(say, 'en', rules)

    assert.ok(
      text.includes(
        `\nWorth reading\n- “And the bicycles? Seven weeks is a long time.” Somebody, ${time('2026-11-22T11:26:00Z')}\n`,
      ),
    )
    assert.ok(!text.includes(say('summary.masked')))
  })

  test('a section without items is left out', () => {
    assert.ok(!plain(say, 'en', model).includes('Still open'))
  })

  test('what was said cannot fill in words of ours', () => {
    const [section] = rules.sections
    const [item] = section.items
    const quotes = [{...item.quotes[0], text: '{name} $& {text}'}]
    const forged = {...rules, sections: [{...section, items: [{...item, quotes}]}]}

    assert.ok(plain(say, 'en', forged).includes('“{name} $& {text}”'))
  })
})
