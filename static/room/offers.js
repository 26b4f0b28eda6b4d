/**
 * What is on offer in a View: what cannot be asked for just now, and whose words are being fetched.
 *
 * Rule: nothing of it says why; it is the same for everybody (design.md, rule 8).
 */

import {UNSET, answerOf} from './answers.js'

/** @import {Offering} from '../wire/messages.js' */
/** @import {Facts} from './notices.js' */
/** @import {View} from './view.js' */

/** What nobody can ask for, as a room is told before joining. @param {Facts} facts @returns {ReadonlySet<string>} */
export const withheldIn = ({features}) =>
  new Set(features.filter(({offered}) => offered === false).map(({id}) => id))

/** @param {View} view @param {Offering} offering @param {number} now @returns {View} */
export function offering(view, {feature, offered}, now) {
  const next = standing(view, {feature, offered})
  if (next === view) return view
  return {...next, word: {kind: offered ? 'offered' : 'withheld', feature, at: now}}
}

/** As it is on coming in, of which nothing is said. @param {View} view @param {Pick<Offering, 'feature' | 'offered'>} offering @returns {View} */
export function standing(view, {feature, offered}) {
  if (offered !== view.withheld.has(feature)) return view
  const withheld = new Set(view.withheld)
  if (offered) withheld.delete(feature)
  else withheld.add(feature)
  const next = {...view, withheld}
  if (offered) return next
  const marks = new Set(view.marks)
  marks.delete(feature)
  const requests = Object.fromEntries(
    Object.entries(view.requests).filter(([each]) => each !== feature),
  )
  return {...next, asks: view.asks.filter(each => each !== feature), marks, requests}
}

/** One's own yes was to other words: it holds no longer. @param {View} view @param {string} feature @returns {View} */
export function reworded(view, feature) {
  if (answerOf(view, feature).decision !== 'granted') return view
  return {...view, answers: {...view.answers, [feature]: UNSET}}
}

/** The question that is due, if its words are here. @param {View} view @returns {string | null} */
export const due = ({asks, stale}) => asks.find(each => !stale.has(each)) ?? null
