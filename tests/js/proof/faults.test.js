import assert from 'node:assert/strict'
import {readFileSync} from 'node:fs'
import {test} from 'node:test'
import {texts} from '../../../static/i18n/en.js'

const {cases} = JSON.parse(
  readFileSync(new URL('../../vectors/verify.json', import.meta.url), 'utf8'),
)

test('everything that can be wrong is said in words', () => {
  const codes = new Set(cases.flatMap(each => each.codes))
  codes.delete('good')
  const said = Object.keys(texts).flatMap(key => /^verify\.fault\.(.+)$/.exec(key)?.[1] ?? [])

  assert.ok(codes.size > 35)
  assert.deepEqual(said.sort(), [...codes].sort())
})
