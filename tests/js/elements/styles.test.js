import assert from 'node:assert/strict'
import {readFileSync, readdirSync} from 'node:fs'
import {test} from 'node:test'

const STYLES = new URL('../../../static/styles/', import.meta.url)
const files = readdirSync(STYLES)
/** Each declaration: `[file, property, value]`. */
const declared = files.flatMap(name =>
  [...readFileSync(new URL(name, STYLES), 'utf8').matchAll(/^\s+([a-z-]+):\s*([^;{}]+);/gm)].map(
    ([, property, value]) => [name, property, value.replace(/\s+/g, ' ')],
  ),
)
/** The values of a shorthand, each whole. */
const parts = value => value.match(/(?:[^\s(]|\((?:[^()]|\([^()]*\))*\))+/g) ?? []
/** What it says of one side says nothing of a text's beginning. */
const oneSided = (property, value) => {
  if (/^(left|right|(margin|padding|border|inset)-(left|right)(-.+)?)$/.test(property)) return true
  if (/^(text-align|float|clear)$/.test(property)) return /left|right/.test(value)
  const [, right, , left] = parts(value)
  return (
    /^(margin|padding|inset|border-width)$/.test(property) && left !== undefined && left !== right
  )
}

test('what is one-sided is caught, and nothing else', () => {
  for (const [property, value] of [
    ['padding-left', '1rem'],
    ['text-align', 'right'],
    ['margin', '0 1rem 0 var(--gk-space-4)'],
  ])
    assert.ok(oneSided(property, value), property)
  for (const [property, value] of [
    ['padding', '0 1rem calc(1rem + env(a)) 1rem'],
    ['padding', '0 1rem 2rem'],
    ['margin-inline', '0 1rem'],
  ])
    assert.ok(!oneSided(property, value), `${property}: ${value}`)
})

test('no style says left or right: a page runs either way', () => {
  assert.ok(declared.length > 2000)
  const wrong = declared.filter(([, property, value]) => oneSided(property, value))
  assert.deepEqual(wrong, [])
})

test('what is for ears alone is one rule, and it has all that is so at times', () => {
  const plain = /\/\*[^]*?\*\//g
  const text = files
    .map(name => readFileSync(new URL(name, STYLES), 'utf8').replace(plain, ''))
    .join('\n')
  const rules = [...text.matchAll(/(?<=^|[{}])\s*([^{}@]+)\{([^{}]*)\}/g)].map(
    ([, selector, body]) => ({selectors: selector.split(',').map(each => each.trim()), body}),
  )
  const [rule, ...others] = rules.filter(({body}) => /inset\(50%\)/.test(body))
  const wishes = rules
    .filter(({body}) => body.includes('--gk-unseen: ;'))
    .flatMap(({selectors}) => selectors)

  assert.deepEqual(others, [])
  assert.ok(wishes.length >= 8)
  for (const wish of wishes)
    assert.ok(
      rule.selectors.some(each => wish.endsWith(each)),
      wish,
    )
})
