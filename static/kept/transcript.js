/**
 * What was said, line by line, as `GET` of the transcript's address tells it.
 *
 * Rule 1: pure. No network, no DOM, no clock.
 * Rule 2: a line that was taken back has a time and nothing else: no person, no words.
 */
import {isRecord, listOf, maybe, shape, text} from '../wire/shapes.js'

/** @import {Chapter, Stretch} from './kept.js' */

/**
 * @typedef {object} ScriptLine
 * @property {string} id @property {string | null} participant null when it was taken back
 * @property {string | null} name @property {string} from @property {string} to
 * @property {string} text
 */
/** @typedef {{lines: readonly ScriptLine[]}} Script */
/** @typedef {{line: ScriptLine, before: {from: string, to: string} | null}} Row `before`: when it was off, just before this line */

const line = shape({
  id: text,
  participant: maybe(text),
  name: maybe(text),
  from: text,
  to: text,
  text,
})
const script = shape({lines: listOf(line)})

/** @param {unknown} value @returns {value is Script} */
export const isScript = value => isRecord(value) && script(value)

/** Whether its words were taken back. @param {ScriptLine} line */
export const takenBack = ({participant}) => participant === null

/**
 * The lines in order, each with the gap before it, if it was off between it and the last one.
 * @param {Script} script @param {readonly Stretch[]} stretches @returns {readonly Row[]}
 */
export function rows({lines}, stretches) {
  const ordered = [...stretches].sort((one, other) => Date.parse(one.from) - Date.parse(other.from))
  let last = -1
  return lines.map(line => {
    const now = stretchOf(ordered, Date.parse(line.from))
    const gap = last !== -1 && now > last ? between(ordered[now - 1], ordered[now]) : null
    last = Math.max(now, last)
    return {line, before: gap}
  })
}

/** The last stretch that had begun; -1 before the first. @param {readonly Stretch[]} ordered @param {number} moment */
const stretchOf = (ordered, moment) =>
  ordered.filter(({from}) => Date.parse(from) <= moment).length - 1

/** Where nobody saw the first one end, it was off from `latest` on for certain. @param {Stretch | undefined} one @param {Stretch | undefined} next */
const between = (one, next) =>
  one && next && one.to !== null && one.to !== next.from
    ? {from: one.latest ?? one.to, to: next.from}
    : null

/**
 * The first moment of a line that a film shows, in milliseconds; null when it shows none of it.
 * @param {readonly Chapter[]} chapters @param {{from: string, to: string}} line
 */
export function shownAt(chapters, {from, to}) {
  const began = Date.parse(from)
  const ended = Math.max(Date.parse(to), began)
  const chapter = chapters.find(
    each => began <= Date.parse(each.to) && Date.parse(each.from) <= ended,
  )
  return chapter ? Math.max(began, Date.parse(chapter.from)) : null
}

/** The line that is being said, or was said last; -1 before the first. @param {readonly ScriptLine[]} lines in order @param {number} moment */
export function lineAt(lines, moment) {
  let low = 0
  let high = lines.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (Date.parse(lines[middle]?.from ?? '') <= moment) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** As it is compared: no case, no accents, straight quotation marks. @param {string} said */
export const plain = said =>
  said
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[‘’]/g, "'")
    .replace(/[“”„]/g, '"')
    .toLowerCase()

/**
 * The lines in which every word that is looked for occurs, in the name or in what was said.
 * @param {readonly ScriptLine[]} lines @param {string} wanted @returns {ReadonlySet<string>} ids
 */
export function find(lines, wanted) {
  const words = plain(wanted).split(/\s+/).filter(Boolean)
  const found = lines.filter(line => {
    const said = plain(`${line.name ?? ''} ${line.text}`)
    return words.every(word => said.includes(word))
  })
  return new Set(found.map(({id}) => id))
}
