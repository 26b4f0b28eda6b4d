import assert from 'node:assert/strict'
import {test} from 'node:test'

import {deed} from '../../../../static/elements/common/pressable.js'

/** A control with marks, within parts that say what it is about. */
function control(marks, about, within = 'knock-list') {
  const part = {localName: within, parentElement: null}
  return {
    localName: 'button',
    parentElement: part,
    textContent: 'Let in',
    getAttribute: name => marks[name] ?? null,
    closest: selector => {
      const name = selector.slice(1, -1)
      return name in about ? {getAttribute: () => about[name]} : null
    },
  }
}

const lets = who => control({'data-act': 'admit'}, {'data-participant': who})

test('test_R16_press_what_is_done_about_one_person_is_not_done_about_another', () => {
  assert.notEqual(deed(lets('Noor')), deed(lets('Eve')))
  assert.equal(deed(lets('Noor')), deed(lets('Noor')))
})

test('test_R16_press_nor_in_another_part_of_the_page_nor_about_another_feature', () => {
  const answer = feature => control({'data-answer': 'granted'}, {'data-feature': feature})
  assert.notEqual(deed(answer('recording')), deed(answer('summary')))
  const elsewhere = control({'data-act': 'admit'}, {'data-participant': 'Noor'}, 'knock-strip')
  assert.notEqual(deed(lets('Noor')), deed(elsewhere))
})
