/**
 * What is wrong in a room as it is seen at this moment, in words; nothing is as it should be.
 *
 * Whatever is on shows it, with what stops it in reach (fair-consent A1); of a question both
 * answers are in view, or neither (C1); nothing is wider than its window (R16-size).
 */
;() => {
  const middle = node => {
    const {x, y, width, height} = node.getBoundingClientRect()
    return [x + width / 2, y + height / 2]
  }
  const inView = node => {
    const there = document.elementFromPoint(...middle(node))
    return !!there && (node.contains(there) || there.contains(node))
  }
  const wrong = []

  const {scrollWidth} = document.documentElement
  if (scrollWidth > innerWidth + 1) wrong.push(`${scrollWidth} pixels wide in ${innerWidth}`)

  for (const plate of document.querySelectorAll('on-air-sign [data-state=on]')) {
    const {feature} = plate.dataset
    const stops = plate.querySelector('button')
    if (!stops) wrong.push(`nothing stops ${feature}`)
    else if (!inView(stops)) wrong.push(`what stops ${feature} is covered`)
  }

  const answers = [...document.querySelectorAll('consent-prompt dialog button[data-answer]')]
  if (new Set(answers.map(inView)).size > 1) wrong.push('one answer of two is in view')

  const pages = 'meeting-room, meeting-end, meeting-lobby, meeting-problem'
  if (!document.querySelector(pages)) wrong.push('there is no page')
  return wrong
}
