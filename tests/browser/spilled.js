/*
 * What of a page has no room: it is wider than its window; a text is cut off, or runs out of
 * the box that it stands in; two texts lie on each other, or one touches the edge of what it
 * scrolls in. What is meant to be short ends in three dots; what lies under something opaque is
 * not seen, and spoils nothing.
 */
() => {
  /** So far a text stays from the edge of what scrolls, in CSS pixels. */
  const EDGE = 4
  const page = document.scrollingElement
  const style = node => getComputedStyle(node)
  const ways = node => {
    const found = []
    for (let at = node; at !== null && at !== document; at = at.parentElement) found.push(at)
    return found
  }
  const cut = (one, other) => ({
    left: Math.max(one.left, other.left),
    right: Math.min(one.right, other.right),
    top: Math.max(one.top, other.top),
    bottom: Math.min(one.bottom, other.bottom),
  })
  /** For ears alone. */
  const hidden = ({width, height}) => width <= 2 || height <= 2
  const empty = ({left, right, top, bottom}) => right - left < 1 || bottom - top < 1
  const short = node =>
    style(node).textOverflow === 'ellipsis' || style(node).webkitLineClamp !== 'none'
  const where = ({node, text}) => `“${text.slice(0, 40)}” in ${node.localName}.${node.className}`
  const seen = node =>
    node.checkVisibility({opacityProperty: true, visibilityProperty: true}) &&
    !node.closest('.unseen, option, [popover]:not(:popover-open)')

  /** Each line of each text: where its letters are, without what their line has above and below. */
  const lines = () => {
    const found = []
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walk.nextNode()) {
      const node = walk.currentNode.parentElement
      const text = walk.currentNode.data.trim()
      if (text === '' || !seen(node)) continue
      const range = document.createRange()
      range.selectNodeContents(walk.currentNode)
      for (const {left, right, top, bottom} of range.getClientRects()) {
        const lead = (bottom - top) * 0.2
        found.push({node, text, left, right, top: top + lead, bottom: bottom - lead})
      }
    }
    return found.filter(line => !empty(line))
  }

  const faults = []
  const shown = []
  for (const line of lines()) {
    let left = line
    let free = false // of what it stands in: it is laid over it
    for (const node of ways(line.node)) {
      const {overflowX, overflowY, position, display} = style(node)
      const box = node.getBoundingClientRect()
      const clips = display !== 'inline' && node !== page && node !== document.body
      if (clips && (overflowX !== 'visible' || overflowY !== 'visible')) {
        const scrolls = [overflowX, overflowY].some(each => each === 'auto' || each === 'scroll')
        const kept = cut(left, box)
        if (hidden(box)) {
          left = {...left, ...kept, right: kept.left}
          break
        }
        const lost = ['left', 'right', 'top', 'bottom'].some(
          at => Math.abs(kept[at] - left[at]) > 1,
        )
        if (lost && !scrolls && !short(node) && !node.closest('.clipped'))
          faults.push(`cut off: ${where(line)} by ${node.localName}.${node.className}`)
        left = {...left, ...kept}
        if (empty(left)) break
        const sideways = node.scrollWidth > node.clientWidth + 1
        const edge = Math.min(left.left - box.left, box.right - left.right)
        if (overflowY === 'auto' && !sideways && edge < EDGE)
          faults.push(`at the edge: ${where(line)} of ${node.localName}.${node.className}`)
      }
      if (!free && node.matches('button, a, td, th, label, .word, [role=tab], select')) {
        const out = Math.max(box.left - left.left, left.right - box.right)
        if (display !== 'inline' && out > 1)
          faults.push(`out of its box: ${where(line)} of ${node.localName}.${node.className}`)
      }
      if (position === 'absolute' || position === 'fixed') free = true
    }
    if (!empty(left)) shown.push(left)
  }
  if (page.scrollWidth > page.clientWidth) faults.push('the page is wider than its window')

  const opaque = node => {
    const {backgroundColor, backgroundImage} = style(node)
    const [, , , alpha = '1'] = backgroundColor.match(/[\d.]+/g) ?? []
    return backgroundImage !== 'none' || (backgroundColor !== 'transparent' && Number(alpha) > 0.8)
  }
  /** Whether both can be seen where they meet: nothing opaque lies between them. */
  const both = (one, other, at) => {
    const x = (at.left + at.right) / 2
    const y = (at.top + at.bottom) / 2
    const stack = document.elementsFromPoint(x, y)
    const [first, second] = [one, other].map(({node}) => stack.indexOf(node))
    if (first < 0 || second < 0) return false
    const lower = first > second ? one.node : other.node
    const over = stack.slice(0, Math.max(first, second))
    return !over.some(node => !node.contains(lower) && opaque(node))
  }
  shown.sort((one, other) => one.top - other.top)
  for (const [index, one] of shown.entries())
    for (const other of shown.slice(index + 1)) {
      if (other.top >= one.bottom) break
      const at = cut(one, other)
      if (one.node === other.node || at.right - at.left < 2 || at.bottom - at.top < 2) continue
      if (both(one, other, at)) faults.push(`on each other: ${where(one)} and ${where(other)}`)
    }
  return [...new Set(faults)]
}
