import assert from 'node:assert/strict'
import {createHash} from 'node:crypto'
import {test} from 'node:test'
import {digested, noticesIn, offered, unprompted} from '../../../static/room/notices.js'

const facts = {features: [{id: 'recording', notices: {en: {name: 'Recording'}}}]}

test('notices come in the language that is asked for', () => {
  assert.deepEqual(noticesIn(facts, 'en'), [{name: 'Recording'}])
})

test('test_W5_a_missing_wording_is_an_error_and_no_other_language', () => {
  assert.throws(() => noticesIn(facts, 'de'), /no notice for recording in de/)
})

const feature = (id, more) => ({id, notices: {}, third_party: false, unavailable: null, ...more})
const room = (gpc, ...features) => ({gpc, features})

test('what a room offers of a feature is found by its id', () => {
  const compose = feature('compose', {drafts: true})

  assert.equal(offered(room(false, feature('recording'), compose), 'compose'), compose)
  assert.equal(offered(room(false), 'compose'), null)
})

test('a question opens by itself for all that can run here', () => {
  const facts = room(false, feature('recording'), feature('summary', {third_party: true}))

  assert.deepEqual([...unprompted(facts)], [])
})

test('none opens for what cannot run here', () => {
  const facts = room(
    false,
    feature('recording'),
    feature('transcript', {unavailable: 'No engine.'}),
  )

  assert.deepEqual([...unprompted(facts)], ['transcript'])
})

test('with Global Privacy Control none opens for what passes words on', () => {
  const facts = room(true, feature('recording'), feature('summary', {third_party: true}))

  assert.deepEqual([...unprompted(facts)], ['summary'])
})

test('a digest is computed here, of the very words, and not believed', async () => {
  const wording = {feature: 'recording', language: 'en', name: 'Recording'}
  const told = {...wording, digest: 'as the server likes it'}
  const {features} = await digested({
    features: [
      {id: 'recording', notices: {en: told, de: told}},
      {id: 'summary', notices: {en: told}},
    ],
  })
  const spelled = '{"feature":"recording","language":"en","name":"Recording"}'
  const wanted = createHash('sha256').update(spelled).digest('base64url')

  assert.equal(features[0].notices.en.digest, wanted)
  assert.deepEqual({...features[0].notices.en, digest: told.digest}, told)
  // Of another language, or feature, than it says: nobody signs that.
  assert.equal(features[0].notices.de.digest, '')
  assert.equal(features[1].notices.en.digest, '')
})
