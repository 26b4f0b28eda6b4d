import assert from 'node:assert/strict'
import {test} from 'node:test'
import {agreedIn, fileName, read, textAt} from '../../../static/kept/receipt.js'

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

test('what was agreed to last stands in the receipts, word for word', () => {
  const words = {
    ...{feature: 'recording', language: 'en', name: 'Recording', object: 'recording'},
    ...{meaning: 'Films it.', captured: 'You', purpose: 'To watch', processor: 'Us'},
    ...{recipients: 'You', retention: 'A week', withdrawal: 'One click'},
  }
  const receipt = (event, notice, digest) => ({
    feature: 'recording',
    event,
    receipt: jws({notice, grant: {statement: jws({notice: digest})}}),
  })
  const later = {...words, retention: 'A year'}

  const agreed = agreedIn([
    receipt('granted', words, 'd1'),
    receipt('granted', later, 'd2'),
    receipt('withdrawn', later, 'd2'),
    receipt('granted', {name: 'half a notice'}, 'd3'),
    {feature: 'recording', event: 'granted', receipt: 'no receipt'},
  ])

  assert.deepEqual([...agreed], [['recording', {...later, digest: 'd2'}]])
})

test('the file is named after the feature, the event and the time', () => {
  const receipt = {feature: 'recording', event: 'granted', at: '2026-11-21T10:41:52.123Z'}

  assert.equal(fileName(receipt), 'receipt-recording-granted-2026-11-21T10-41-52.jws')
})
