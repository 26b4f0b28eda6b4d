import assert from 'node:assert/strict'
import {test} from 'node:test'
import {featureName, noticeIn} from '../../../static/console/offered.js'
import {SectionData} from '../../../static/pages/admin-data.js'

const notices = {de: {name: 'Protokoll'}, fr: {name: 'Procès-verbal'}}
const minutes = {id: 'minutes', notices}
const FEATURES = {languages: ['de', 'fr'], features: [minutes]}

test('a notice is in the language of the console, or in the first that joiners are offered', () => {
  assert.equal(noticeIn(minutes, 'fr'), notices.fr)
  assert.equal(noticeIn(minutes, 'ar'), notices.de)
  assert.equal(featureName(minutes, 'ar'), 'Protokoll')
  assert.equal(featureName({id: 'minutes', notices: {}}, 'ar'), 'minutes')
})

test('a console in a language that joiners are not offered asks for one that they are', async t => {
  const asked = []
  t.mock.method(globalThis, 'fetch', async path => {
    asked.push(path)
    const said = path.endsWith('/features') ? FEATURES : {versions: []}
    return new Response(JSON.stringify(said))
  })
  const data = new SectionData('ar', ['en', 'de', 'fr', 'es', 'ar'], () => {})

  assert.equal(await data.load('notices'), null)

  assert.deepEqual(asked.slice(1), ['/api/admin/features/minutes/history?language=de'])
  data.notices(({language, spoken}) => {
    assert.equal(language, 'de')
    assert.deepEqual(spoken, ['de', 'fr'])
  })
  assert.deepEqual(data.names, {minutes: 'Protokoll'})
  data.look('minutes', 'fr')
  await data.load('notices')
  assert.match(asked.at(-1), /language=fr$/)
})
