import assert from 'node:assert/strict'
import {test} from 'node:test'
import {fileName, read, textAt} from '../../../static/kept/receipt.js'

const jws = body => `e30.${Buffer.from(JSON.stringify(body)).toString('base64url')}.c2ln`

test('a receipt is read as it was written, in any language', () => {
  const body = read(
    jws({notice: {meaning: 'Filmt die Besprechung – für alle ✓'}, position: {seq: 7}}),
  )

  assert.equal(textAt(body, 'notice', 'meaning'), 'Filmt die Besprechung – für alle ✓')
  assert.equal(textAt(body, 'position', 'seq'), '7')
  assert.equal(textAt(body, 'position', 'missing'), null)
  assert.equal(textAt(body, 'notice'), null)
})

test('what is no receipt is nothing, not an error', () => {
  for (const text of ['', 'a', 'a.%%.c', 'a.bnVsbA.c', 'a.W10.c']) assert.equal(read(text), null)
  assert.equal(textAt(null, 'notice'), null)
})

test('the file is named after the feature, the event and the time', () => {
  const receipt = {feature: 'recording', event: 'granted', at: '2026-11-21T10:41:52.123Z'}

  assert.equal(fileName(receipt), 'receipt-recording-granted-2026-11-21T10-41-52.jws')
})
