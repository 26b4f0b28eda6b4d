/**
 * One's own answers in a View: what was chosen, what is asked, what stands after a no.
 *
 * Rule 1: a no holds from the press of the button; nothing but its owner turns it into a yes. It
 * can lapse, as every answer can: then it is unset, and one is asked again (design.md, rule 13).
 * Rule 2: a yes is pending until the server says `decided`.
 * Rule 3: the prompt comes once; who has said no gets a silent mark (fair-consent P3).
 */

import {wasOn} from './signs.js'

/** @import {Decision, Decided, Fault, Held} from '../wire/messages.js' */
/** @import {OwnAnswer, View} from './view.js' */

/** @type {OwnAnswer} */
export const UNSET = {decision: null, pending: false, at: null}

/** @param {View} view @param {string} feature @returns {OwnAnswer} */
export function answerOf(view, feature) {
  return view.answers[feature] ?? UNSET
}

/** @param {View} view @param {string} feature @param {OwnAnswer} answer @returns {View} */
function withAnswer(view, feature, answer) {
  return {...view, answers: {...view.answers, [feature]: answer}}
}

/** @param {View} view @param {string} feature @returns {View} the question and its mark are settled */
function settled(view, feature) {
  const marks = new Set(view.marks)
  marks.delete(feature)
  return {...view, asks: view.asks.filter(asked => asked !== feature), marks}
}

/**
 * The participant has pressed a button.
 * @param {View} view @param {string} feature @param {Decision} decision @param {string} at
 * @returns {View}
 */
export function chose(view, feature, decision, at) {
  const before = answerOf(view, feature)
  const next = withAnswer(settled(view, feature), feature, {
    decision,
    pending: decision === 'granted',
    at,
  })
  const ends = view.ends.filter(end => end.feature !== feature)
  const sign = view.signs[feature]
  const withdrawn = decision === 'declined' && before.decision === 'granted' && wasOn(sign)
  if (sign && withdrawn) return {...next, ends: [...ends, {feature, since: sign.since, at}]}
  return decision === 'granted' ? {...next, ends} : next
}

/**
 * The host asks everyone. The same frame reaches everybody; what it does depends on the answer.
 * @param {View} view @param {string} feature @returns {View}
 */
export function asked(view, feature) {
  const {decision} = answerOf(view, feature)
  if (decision === 'granted') return view
  if (decision === 'declined' || view.unprompted.has(feature))
    return {...view, marks: new Set([...view.marks, feature])}
  return view.asks.includes(feature) ? view : {...view, asks: [...view.asks, feature]}
}

/** @param {View} view @param {Decided} message @returns {View} */
export function decided(view, {feature, decision}) {
  const own = answerOf(view, feature)
  // An answer to an older choice of ours: the newer one is on its way and will be answered too.
  if (own.decision === 'declined' && decision === 'granted') return view
  if (own.pending && decision === 'declined') return view
  return withAnswer(settled(view, feature), feature, {decision, pending: false, at: own.at})
}

/**
 * Whatever was answered before holds no longer. A yes that is on its way is newer than that, and
 * will be answered; so will a no, which asks for nothing meanwhile.
 * @param {View} view @param {string} feature @returns {View}
 */
export function lapsed(view, feature) {
  if (answerOf(view, feature).pending) return view
  return withAnswer(settled(view, feature), feature, UNSET)
}

/**
 * The server's account of one's answers, on getting a seat (again). A pending yes of before a
 * lost connection stays pending: it is sent again.
 * @param {View} view @param {readonly Held[]} held @returns {View['answers']}
 */
export function reconciled(view, held) {
  const server = new Map(held.map(({feature, decision}) => [feature, decision]))
  const again = view.phase === 'lost'
  return Object.fromEntries(
    Object.entries(view.answers).map(([feature, own]) => {
      const decision = server.get(feature) ?? null
      if (own.decision === 'declined') return [feature, own]
      if (decision !== 'granted' && own.pending && again) return [feature, own]
      return [feature, decision ? {decision, pending: false, at: own.at} : UNSET]
    }),
  )
}

/** @param {View} view @param {Fault} fault @returns {View} a yes that was refused is unset again */
export function refusedAnswer(view, {code, about, feature}) {
  if (about !== 'decide' && about !== 'join') return view
  const concerned = feature ? [feature] : about === 'decide' ? Object.keys(view.answers) : []
  return concerned.reduce((next, each) => {
    const {decision, pending} = answerOf(next, each)
    if (code === 'notice-outdated' && decision !== 'declined')
      return asked(withAnswer(next, each, UNSET), each)
    return pending ? withAnswer(next, each, UNSET) : next
  }, view)
}
