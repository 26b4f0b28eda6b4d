import assert from 'node:assert/strict'
import {readFileSync, readdirSync} from 'node:fs'
import {test} from 'node:test'
import {texts} from '../../../static/i18n/en.js'

const {cases} = JSON.parse(
  readFileSync(new URL('../../vectors/verify.json', import.meta.url), 'utf8'),
)

const PROOF = new URL('../../../static/proof/', import.meta.url)
/** What is thrown by its name, and by no other; of decisions it is put together. */
const thrown = readdirSync(PROOF).flatMap(name =>
  [...readFileSync(new URL(name, PROOF), 'utf8').matchAll(/Fault\('([a-z-]+)'/g)].map(
    ([, code]) => code,
  ),
)

test('everything that can be wrong is said in words', () => {
  const codes = new Set(cases.flatMap(each => each.codes))
  codes.delete('good')
  const said = Object.keys(texts).flatMap(key => /^verify\.fault\.(.+)$/.exec(key)?.[1] ?? [])

  assert.ok(codes.size > 35)
  assert.deepEqual(
    [...codes].filter(code => !said.includes(code)),
    [],
  )
  for (const code of thrown) assert.ok(said.includes(code), code)
})
