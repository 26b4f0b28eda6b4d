import assert from 'node:assert/strict'
import {test} from 'node:test'
import {noticesIn} from '../../static/notices.js'

const facts = {features: [{id: 'recording', notices: {en: {name: 'Recording'}}}]}

test('notices come in the language that is asked for', () => {
  assert.deepEqual(noticesIn(facts, 'en'), [{name: 'Recording'}])
})

test('test_W5_a_missing_wording_is_an_error_and_no_other_language', () => {
  assert.throws(() => noticesIn(facts, 'de'), /no notice for recording in de/)
})
