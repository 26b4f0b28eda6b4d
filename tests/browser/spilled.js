/*
 * What of a page has no room: it is wider than its window; a text is cut off, or runs out of
 * the box that it stands in; two texts lie on each other; one touches the edge of what it
 * scrolls in, or a control above or below it. What is meant to be short ends in three dots; what
 * lies under something opaque is not seen, and spoils nothing.
 */
() => {
  /** So far a text stays from the edge of what scrolls, in CSS pixels. */
  const EDGE = 4
  /** And a control from what is above and below it. */
  const GAP = 3.5
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

  const opaque = node => {
    if (node.matches('video, img, canvas')) return true
    const {backgroundColor, backgroundImage} = style(node)
    const [, , , alpha = '1'] = backgroundColor.match(/[\d.]+/g) ?? []
    return backgroundImage !== 'none' || (backgroundColor !== 'transparent' && Number(alpha) > 0.8)
  }
  /** What something is drawn on. */
  const ground = node =>
    ways(node).find(each => opaque(each) || parseFloat(style(each).borderLeftWidth) >= 1) ?? page

  /** Each line of each text: where its letters are, without what their line has above and below. */
  const whole = []
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
        const line = {node, text, left, right, top: top + lead, bottom: bottom - lead}
        if (empty(line)) continue
        found.push(line)
        whole.push({node, text, left, right, top, bottom})
      }
    }
    return found
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
        const scrolls =
          [overflowX, overflowY].some(each => each === 'auto' || each === 'scroll') ||
          node.matches('.caption-lines') // whose older lines go up and away
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
        const on = ground(node).getBoundingClientRect()
        const edge = Math.min(left.left - on.left, on.right - left.right)
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

  /** A control with an edge of its own, and what stands right above or below it. */
  const edged = [...document.querySelectorAll('button, a.button, select')].filter(node => {
    const {borderTopWidth, borderTopStyle, position} = style(node)
    const drawn = borderTopStyle !== 'none' && parseFloat(borderTopWidth) >= 1
    return drawn && seen(node) && position === 'static' && node.getClientRects().length > 0
  })
  const boxes = edged.map(node => ({
    node,
    text: node.textContent.trim(),
    box: node.getBoundingClientRect(),
  }))
  /** What is laid over the rest, or scrolls by itself, stands beside nothing else. */
  const layer = node =>
    ways(node).find(each => {
      const {position, overflowY} = style(each)
      return !['static', 'relative'].includes(position) || overflowY === 'auto'
    })
  const glued = (one, other) => {
    const beside = Math.min(one.right, other.right) - Math.max(one.left, other.left)
    const apart = Math.max(one.top - other.bottom, other.top - one.bottom)
    return beside > 8 && apart > -1 && apart < GAP
  }
  for (const {node, text, box} of boxes) {
    for (const line of whole)
      if (!node.contains(line.node) && glued(box, line) && layer(node) === layer(line.node))
        faults.push(`glued: ${where({node, text})} to ${where(line)}`)
    for (const other of boxes)
      if (other.node !== node && glued(box, other.box) && layer(node) === layer(other.node))
        faults.push(`glued: ${where({node, text})} to ${where(other)}`)
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
