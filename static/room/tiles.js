/**
 * How many tiles go beside each other, and how large they are.
 *
 * Rule: every tile has the same size, whoever it belongs to (fair-consent C2).
 */

/** @typedef {{columns: number, inline: number, block: number}} Arrangement sizes in CSS px */

/** Narrower crops a face, wider wastes the stage. */
const RATIO = {least: 0.8, most: 16 / 9}
/** On an upright phone the faces may be upright too. */
const UPRIGHT_LEAST = 0.6

/**
 * @param {number} count @param {number} columns
 * @param {{inline: number, block: number, gap: number}} box @returns {Arrangement}
 */
function fit(count, columns, {inline, block, gap}) {
  const rows = Math.ceil(count / columns)
  const wide = Math.max(0, (inline - gap * (columns - 1)) / columns)
  const high = Math.max(0, (block - gap * (rows - 1)) / rows)
  const least = block > inline ? UPRIGHT_LEAST : RATIO.least
  return {
    columns,
    inline: Math.floor(Math.min(wide, high * RATIO.most)),
    block: Math.floor(Math.min(high, wide / least)),
  }
}

/**
 * The arrangement whose tiles are largest.
 * @param {number} count @param {{inline: number, block: number, gap: number}} box
 * @returns {Arrangement}
 */
export function arrange(count, box) {
  let best = fit(Math.max(1, count), 1, box)
  for (let columns = 2; columns <= count; columns += 1) {
    const next = fit(count, columns, box)
    if (next.inline * next.block > best.inline * best.block) best = next
  }
  return best
}

/**
 * One row beside a shared screen; it scrolls when the tiles would get too small.
 * @param {number} count @param {{inline: number, block: number, gap: number}} box
 * @returns {Arrangement}
 */
export function strip(count, {inline, block, gap}) {
  const wide = (inline - gap * (count - 1)) / Math.max(1, count)
  const least = Math.min(block, inline)
  return {
    columns: count,
    inline: Math.floor(Math.max(least, Math.min(wide, block * RATIO.most))),
    block: Math.floor(block),
  }
}
