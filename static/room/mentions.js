/**
 * "@name" in a message: whom it addresses, and whom it could while it is typed.
 *
 * Rule 1: it is text. Nothing of it is on the wire, and nobody is told but by reading it.
 * Rule 2: of several who are called the same, each is addressed.
 */

/** @import {ChatLine} from '../wire/messages.js' */
/** @import {View} from './view.js' */
/** @typedef {{text: string, name: string | null}} Piece  `name`: of whom it addresses */
/** @typedef {{from: number, typed: string}} Query  where its "@" stands, and what follows it */

/** No name of a participant is longer. */
const LONGEST = 80
const BEFORE = /[\p{L}\p{M}\p{N}_]$/u
const AFTER = /^[\p{L}\p{M}\p{N}_]/u

/** Names are alike in small letters and in capitals. @param {string} name */
const folded = name => name.toLowerCase()

/**
 * The text in pieces, each "@name" one of its own. Of two names that fit, the longer one.
 * @param {string} text @param {readonly string[]} names of who is here @returns {Piece[]}
 */
export function addressed(text, names) {
  const longest = [...new Set(names)].filter(Boolean).sort((a, b) => b.length - a.length)
  /** @type {Piece[]} */
  const pieces = []
  let end = 0
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    if (at < end || BEFORE.test(text.slice(Math.max(0, at - 2), at))) continue
    const name = longest.find(each => stands(each, text, at + 1))
    if (name === undefined) continue
    if (at > end) pieces.push({text: text.slice(end, at), name: null})
    end = at + 1 + name.length
    pieces.push({text: text.slice(at, end), name})
  }
  if (end < text.length) pieces.push({text: text.slice(end), name: null})
  return pieces
}

/** Whether somebody is addressed. @param {string} text @param {string} name @param {readonly string[]} names of who is here */
export const addresses = (text, name, names) =>
  addressed(text, names).some(piece => piece.name !== null && folded(piece.name) === folded(name))

/**
 * What is unread, with these lines of others, too; and whether any of it is for oneself.
 * @param {Pick<View, 'you' | 'people' | 'unread' | 'mentioned'>} view @param {readonly ChatLine[]} lines
 */
export function unreadWith(view, lines) {
  const others = lines.filter(({sender}) => sender !== view.you)
  const {unread, mentioned} = view
  return {unread: unread + others.length, mentioned: mentioned || meant(view, lines)}
}

/** Whether others address oneself in any of these lines. @param {Pick<View, 'you' | 'people'>} view @param {readonly ChatLine[]} lines */
export function meant({you, people}, lines) {
  const own = people.find(({id}) => id === you)?.name ?? ''
  const names = people.map(({name}) => name)
  return own !== '' && lines.some(({sender, text}) => sender !== you && addresses(text, own, names))
}

/** All is read. @param {View} view @returns {View} */
export const read = view => (view.unread === 0 ? view : {...view, unread: 0, mentioned: false})

/** @param {string} name @param {string} text @param {number} from */
function stands(name, text, from) {
  const end = from + name.length
  return folded(text.slice(from, end)) === folded(name) && !AFTER.test(text.slice(end, end + 2))
}

/** What is being typed after an "@" before the caret, if anything. @param {string} text @param {number} caret @returns {Query | null} */
export function asked(text, caret) {
  const from = text.lastIndexOf('@', caret - 1)
  if (from === -1 || caret - from > LONGEST + 1) return null
  const typed = text.slice(from + 1, caret)
  const begins = !BEFORE.test(text.slice(Math.max(0, from - 2), from))
  return begins && !/[\n@]/.test(typed) && !/^\s/.test(typed) ? {from, typed} : null
}

/** Whose name begins so, or has a word that does; each name once. @param {readonly string[]} names @param {string} typed @returns {string[]} */
export function offers(names, typed) {
  const bare = (/** @type {string} */ each) => folded(each.normalize('NFKD').replace(/\p{M}/gu, ''))
  const wanted = bare(typed)
  const begins = (/** @type {string} */ name) => bare(name).startsWith(wanted)
  const within = (/** @type {string} */ name) =>
    bare(name)
      .split(/\s+/u)
      .some((_, index, words) => words.slice(index).join(' ').startsWith(wanted))
  return [...new Set(names)].filter(name => begins(name) || within(name))
}

/** The text with a name in the place of what was typed, and where the caret goes. @param {string} text @param {Query} query @param {string} name */
export function completed(text, {from, typed}, name) {
  const rest = text.slice(from + 1 + typed.length)
  const space = /^\s/.test(rest) ? '' : ' '
  const before = `${text.slice(0, from)}@${name}${space}`
  return {text: before + rest, caret: before.length + (space === '' ? 1 : 0)}
}
