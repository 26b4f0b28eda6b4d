/**
 * What the tab of the browser says: what waits to be read, and for who looks elsewhere also what
 * is on and who wants to speak.
 *
 * Rule 1: of what runs it says what the sign says, "not known" included (design.md, rule 14).
 * Rule 2: in words, in the order of how much they matter; a tab has room for the first few.
 */
/** @import {Say} from '../i18n/words.js' */
/** @import {Notice} from './notices.js' */
/** @import {View} from './view.js' */

const BETWEEN = ' · '

/**
 * @param {Say} say @param {string} base the title of the page by itself
 * @param {View} view
 * @param {{away: boolean, seen: ReadonlySet<string>, notices: readonly Notice[]}} looking
 *   `away`: its person looks elsewhere; `seen`: whose hands were up when they looked last
 */
export function titleOf(say, base, view, {away, seen, notices}) {
  const hands = away ? raised(view).filter(id => !seen.has(id)).length : 0
  const parts = [
    ...unread(say, view),
    ...(away ? lit(say, view, notices) : []),
    ...(hands > 0 ? [say('title.hands', {count: hands})] : []),
  ]
  return parts.length === 0 ? base : [...parts, base].join(BETWEEN)
}

/** @param {Say} say @param {View} view */
function unread(say, {unread: count, mentioned}) {
  if (count === 0) return []
  const number = `(${count > 99 ? '99+' : count})`
  return [mentioned ? say('title.mentioned', {number}) : number]
}

/** @param {Say} say @param {View} view @param {readonly Notice[]} notices */
function lit(say, {signs}, notices) {
  const states = notices.map(({feature, name}) => ({name, on: signs[feature]?.on ?? false}))
  if (Object.values(signs).some(({on}) => on === null)) return [say('title.unknown')]
  return states.filter(({on}) => on).map(({name}) => say('title.on', {name}))
}

/** The others whose hands are up. @param {View} view */
export const raised = ({people, you}) =>
  people.filter(({id, hand}) => hand && id !== you).map(({id}) => id)
