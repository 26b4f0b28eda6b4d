/**
 * Everything in view that can be pressed or written in: where, its name, and whether it takes text.
 */
;() => {
  const kinds = 'button, summary, select, textarea, input, [role=tab], [role=switch]'
  const found = []
  for (const node of document.querySelectorAll(kinds)) {
    const {x, y, width, height} = node.getBoundingClientRect()
    const spot = [x + width / 2, y + height / 2]
    const there = width > 0 && height > 0 ? document.elementFromPoint(...spot) : null
    if (!there || !node.contains(there) || node.closest('[inert]')) continue
    const name = node.getAttribute('aria-label') ?? node.innerText ?? ''
    found.push({spot, name: name.slice(0, 40), writes: node.matches('textarea, input')})
  }
  return found
}
