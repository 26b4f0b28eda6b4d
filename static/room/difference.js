/**
 * What is different between two texts, word by word.
 *
 * Rule 1: pure. What stayed and what came, in their order, are the new text; what stayed and what
 * went are the words of the old one.
 * Rule 2: its cost is bounded, whatever the texts are.
 */

/** @typedef {{kind: 'same' | 'out' | 'in', text: string}} Piece */

/** Words on each side beyond which the rest counts as one. */
const MOST = 600

/** A word, or a sign beside it: a comma that came is no other word. */
const WORD = /\s*(?:[\p{L}\p{M}\p{N}]+|\S)\s*/gu

/** @param {string} text @returns {readonly string[]} each with the space after it */
function wordsOf(text) {
  const words = text.match(WORD) ?? (text === '' ? [] : [text])
  if (words.length <= MOST) return words
  return [...words.slice(0, MOST - 1), words.slice(MOST - 1).join('')]
}

/** Space is no word. @param {string | undefined} one @param {string | undefined} other */
const same = (one, other) => one?.trim() === other?.trim()

/**
 * How long the longest row of words is that both have, from each place to the end.
 * @param {readonly string[]} old @param {readonly string[]} now
 */
function shared(old, now) {
  const width = now.length + 1
  const table = new Uint16Array((old.length + 1) * width)
  /** @param {number} i @param {number} j */
  const at = (i, j) => table[i * width + j] ?? 0
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = now.length - 1; j >= 0; j -= 1)
      table[i * width + j] = same(old[i], now[j])
        ? at(i + 1, j + 1) + 1
        : Math.max(at(i + 1, j), at(i, j + 1))
  return at
}

/** @param {string} before @param {string} after @returns {readonly Piece[]} where something is replaced, what went comes first */
export function difference(before, after) {
  const [old, now] = [wordsOf(before), wordsOf(after)]
  const longest = shared(old, now)
  /** @type {Piece[]} */
  const pieces = []
  /** @param {Piece['kind']} kind @param {string | undefined} word */
  const add = (kind, word = '') => {
    const last = pieces.at(-1)
    if (last?.kind === kind) last.text += word
    else pieces.push({kind, text: word})
  }
  let [i, j] = [0, 0]
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && same(old[i], now[j])) {
      add('same', now[j])
      i += 1
      j += 1
    } else if (i < old.length && (j === now.length || longest(i + 1, j) >= longest(i, j + 1))) {
      add('out', old[i])
      i += 1
    } else {
      add('in', now[j])
      j += 1
    }
  }
  return pieces
}
