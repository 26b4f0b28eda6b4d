/**
 * How many tiles go beside each other, how large they are, and where the others are while one
 * thing is large.
 *
 * Rule 1: of what stands together every tile has the same size, whoever it belongs to
 * (fair-consent C2).
 * Rule 2: no tile gets smaller than can be read; those that have no room are scrolled to.
 */

/** @typedef {{inline: number, block: number}} Area in CSS px */
/** @typedef {Area & {gap: number}} Box */
/**
 * @typedef {object} Arrangement
 * @property {number} columns
 * @property {number} inline @property {number} block  of each tile
 * @property {'inline' | 'block' | null} scroll  which way, where not all have room
 * @property {number} rows  that are wholly in view
 */
/**
 * @typedef {object} Plan
 * @property {'grid' | 'below' | 'beside'} way  where the others are
 * @property {Area} large  of what is large; nothing in a grid
 * @property {number} strip  how thick the others' strip is
 * @property {Arrangement} tiles
 */

/** Narrower crops a face, wider wastes the stage. */
const RATIO = {least: 0.8, most: 16 / 9}
/** On an upright phone the faces may be upright too. */
const UPRIGHT_LEAST = 0.6
/** In which a name can be read, and a face known. */
const LEAST = {inline: 96, block: 64}
/** How thick a strip is at least and at most, if what is large does not leave it more. */
const STRIP = {share: 0.2, below: 88, beside: 112, most: 220}
/** What a thin scroll bar takes, where one takes anything. */
const BAR = 15
/** Of the stage, what is large has this share at least. */
const LARGE = 0.5

/**
 * @param {number} count @param {number} columns @param {Box} box @returns {Arrangement}
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
    scroll: null,
    rows,
  }
}

/** @param {Area} tile */
const readable = ({inline, block}) => inline >= LEAST.inline && block >= LEAST.block

/**
 * Not all have room: as many columns, or as much of one row, as can be read. Half a tile is cut off at
 * the end, of one row half a tile at least, so that it is seen that there is more; there it is said how
 * many, beside no name (styles/stage.css).
 * @param {number} count @param {Box} box @returns {Arrangement}
 */
function scrolled(count, {inline, block, gap}) {
  if (block < 2 * LEAST.block + gap)
    return {
      columns: count,
      inline: Math.floor(
        Math.max(
          LEAST.inline,
          Math.min(block, inline),
          (inline - gap * (count - 1)) / (count - 0.5),
        ),
      ),
      block: Math.floor(block - BAR),
      scroll: 'inline',
      rows: 1,
    }
  const room = inline - BAR
  const columns = Math.max(1, Math.floor((room + gap) / (LEAST.inline + gap)))
  const wide = (room - gap * (columns - 1)) / columns
  const least = Math.max(LEAST.block, wide / RATIO.most)
  const high = (/** @type {number} */ whole) => (block - gap * whole) / (whole + 0.5)
  let rows = Math.ceil(count / columns) - 1
  while (rows > 1 && high(rows) < least) rows -= 1
  return {
    columns,
    inline: Math.floor(wide),
    block: Math.floor(Math.max(LEAST.block, high(rows))),
    scroll: 'block',
    rows,
  }
}

/**
 * The arrangement whose tiles are largest.
 * @param {number} count @param {Box} box @returns {Arrangement}
 */
export function arrange(count, box) {
  let best = fit(Math.max(1, count), 1, box)
  for (let columns = 2; columns <= count; columns += 1) {
    const next = fit(count, columns, box)
    if (next.inline * next.block > best.inline * best.block) best = next
  }
  const drawn = box.inline > 0 && box.block > 0
  return count > 1 && drawn && !readable(best) ? scrolled(count, box) : best
}

/** The largest of one shape that fits. @param {Area} area @param {number} ratio @returns {Area} */
function within({inline, block}, ratio) {
  return {inline: Math.min(inline, block * ratio), block: Math.min(block, inline / ratio)}
}

/**
 * How thick a strip gets: what is large takes what its shape can use, and leaves the rest.
 * @param {number} length of the stage, across the strip @param {number} used  of it, by what is large
 * @param {number} gap @param {'below' | 'beside'} way
 */
function thickness(length, used, gap, way) {
  const least = Math.min(STRIP.most, Math.max(STRIP[way], length * STRIP.share))
  const most = Math.max(0, length * (1 - LARGE) - gap)
  return Math.floor(Math.max(0, Math.min(most, Math.max(least, length - used - gap))))
}

/**
 * One thing large, and the others below or beside it: wherever that leaves it larger.
 * @param {number} count  of the others @param {Box} box @param {number} ratio  of what is large
 * @returns {Plan}
 */
export function stage(count, box, ratio) {
  const {inline, block, gap} = box
  if (count === 0)
    return {way: 'below', large: {inline, block}, strip: 0, tiles: arrange(0, {...box, block: 0})}
  const high = thickness(block, inline / ratio, gap, 'below')
  const wide = thickness(inline, block * ratio, gap, 'beside')
  const below = {inline, block: Math.max(0, block - high - gap)}
  const beside = {inline: Math.max(0, inline - wide - gap), block}
  const size = (/** @type {Area} */ area) => within(area, ratio).inline
  if (size(beside) > size(below))
    return {
      way: 'beside',
      large: beside,
      strip: wide,
      tiles: arrange(count, {...box, inline: wide}),
    }
  return {way: 'below', large: below, strip: high, tiles: arrange(count, {...box, block: high})}
}

/** Everybody alike. @param {number} count @param {Box} box @returns {Plan} */
export const grid = (count, box) => ({
  way: 'grid',
  large: {inline: 0, block: 0},
  strip: 0,
  tiles: arrange(count, box),
})

/** How one face is shown large: upright where the stage is. @param {Area} box */
export const faceRatio = ({inline, block}) => (block > inline ? 1 : RATIO.most)

/** A screen's. */
export const SCREEN_RATIO = 16 / 9
