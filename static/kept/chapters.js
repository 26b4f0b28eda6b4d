/**
 * Film time and the time on the wall. A film leaves out what was not captured, so the two
 * run alike inside a chapter and jump between chapters.
 */

/** @import {Chapter} from './kept.js' */

/** The chapter at so many seconds; the first one before it begins; -1 without chapters. @param {readonly Chapter[]} chapters @param {number} seconds */
export function chapterAt(chapters, seconds) {
  const later = chapters.findIndex(({at}) => at > seconds + 0.05)
  if (later === -1) return chapters.length - 1
  return Math.max(later - 1, 0)
}

/** What the clock showed then, in milliseconds. @param {readonly Chapter[]} chapters @param {number} seconds @returns {number | null} */
export function clockAt(chapters, seconds) {
  const chapter = chapters[chapterAt(chapters, seconds)]
  if (!chapter) return null
  const from = Date.parse(chapter.from)
  const passed = Math.max(seconds - chapter.at, 0) * 1000
  return Math.min(from + passed, Date.parse(chapter.to))
}

/**
 * Where in the film that moment is, in seconds, or the place nearest to it: a gate is open
 * before its first picture comes.
 * @param {readonly Chapter[]} chapters @param {number} moment milliseconds
 * @returns {number | null} null only where nothing was filmed
 */
export function filmAt(chapters, moment) {
  const places = chapters.map(({at, from, to}) => {
    const began = Date.parse(from)
    const place = Math.min(Math.max(moment, began), Date.parse(to))
    return {seconds: at + (place - began) / 1000, off: Math.abs(place - moment)}
  })
  return places.sort((one, other) => one.off - other.off)[0]?.seconds ?? null
}

/**
 * The film in pieces, one per chapter, from its first second to its last.
 * @param {readonly Chapter[]} chapters @param {number} seconds of the whole film
 * @returns {readonly {from: number, to: number}[]}
 */
export function pieces(chapters, seconds) {
  const starts = chapters.length === 0 ? [0] : chapters.map(({at}, index) => (index ? at : 0))
  return starts.map((from, index) => ({from, to: Math.max(starts[index + 1] ?? seconds, from)}))
}
