/*
 * What is wider than its place: the page, a word that is cut, tabs that lie on each other, an
 * answer in the gate panel that lies on the links beside it.
 */
() => {
  const page = document.scrollingElement
  const visible = node => node.checkVisibility() && node.getClientRects().length > 0
  const all = selector => [...document.querySelectorAll(selector)].filter(visible)
  const apart = (one, other) =>
    one.right <= other.left + 1 ||
    other.right <= one.left + 1 ||
    one.bottom <= other.top + 1 ||
    other.bottom <= one.top + 1
  const box = node => node.getBoundingClientRect()

  const cut = all('button, a, h1, h2, h3, [role=tab]').filter(node => {
    const {display, overflowX} = getComputedStyle(node)
    const holds = display === 'inline' || overflowX === 'visible' || node.closest('.unseen')
    return !holds && node.scrollWidth > node.clientWidth + 1
  })
  const parts = all('[role=tab]').map(tab => [...tab.children].filter(visible).map(box))
  const tabs = parts.filter((own, at) =>
    parts.some(
      (others, other) => at < other && own.some(one => others.some(two => !apart(one, two))),
    ),
  )
  const answers = all('gate-row').filter(row => {
    const answer = row.querySelector('.choice .answer')
    const links = [...row.querySelectorAll('.gate-more button')].filter(visible)
    return answer && links.some(link => !apart(box(answer), box(link)))
  })
  return [
    ...(page.scrollWidth > page.clientWidth ? ['the page'] : []),
    ...cut.map(node => node.outerHTML.slice(0, 120)),
    ...(tabs.length > 0 ? ['tabs lie on each other'] : []),
    ...answers.map(row => `an answer lies on a link: ${row.dataset.feature}`),
  ]
}
