/**
 * The door in a View: who may come in, who waits, and whom a host has sent away.
 *
 * Rule: who waits is known while the connection stands, and no longer; a welcome brings it anew.
 */

import {alongside} from './signs.js'

/** @import {Door, DoorSet, Fault, KnockOver, Knocks, Person, TurnedAway, Waiting} from '../wire/messages.js' */
/** @import {View} from './view.js' */

/** @typedef {Waiting | DoorSet | Knocks | KnockOver | TurnedAway} AtDoor  what a server says of it */

/** @type {Door} */
export const ANYBODY = {locked: false, knock: false}
/** What a host does about one person. */
const ABOUT_SOMEBODY = new Set(['admit', 'turn-away', 'remove'])

/** @param {View} view @param {AtDoor} message @param {number} now @returns {View} */
export function atDoor(view, message, now) {
  switch (message.type) {
    case 'waiting':
      return {...view, phase: 'waiting', told: true}
    case 'door':
      return {...view, door: {locked: message.locked, knock: message.knock}}
    case 'knock':
      return knocked(view, message)
    case 'knock-over': {
      const {participant} = message
      const knocks = view.knocks.filter(each => each.participant !== participant)
      return settled({...view, knocks}, participant)
    }
    case 'turned-away':
      return sentAway(view, 'turned-away', message.name, now)
  }
}

/** Everybody is told alike. @param {View} view @param {'removed' | 'turned-away'} kind @param {string} name @param {number} now @returns {View} */
export function sentAway(view, kind, name, now) {
  return {...view, word: alongside({kind, feature: '', name, at: now}, view.word, now)}
}

/**
 * Whoever came by a host link that is good no longer is a participant like the others.
 * @param {View} view @param {Person} person @param {number} now @returns {View}
 */
export function unhosted(view, {id, host}, now) {
  if (!view.host || id !== view.you || host) return view
  const word = alongside({kind: 'host-over', feature: '', at: now}, view.word, now)
  return {...unwatched(view), host: false, hostLink: null, word}
}

/** Nobody knows who waits now. @param {View} view @returns {View} */
export const unwatched = view => ({...view, knocks: [], handled: []})

/** What the host did about somebody has happened. @param {View} view @param {string} participant @returns {View} */
export function settled(view, participant) {
  return {...view, handled: view.handled.filter(each => each !== participant)}
}

/** A refusal does not say whom it is about. @param {View} view @param {Fault} fault @returns {View} */
export function refusedAtDoor(view, {about}) {
  return ABOUT_SOMEBODY.has(about ?? '') ? {...view, handled: []} : view
}

/** In the host's own terms: who waits is no participant yet. @param {Fault} fault */
export function codeAtDoor({code, about}) {
  const waits = about === 'admit' || about === 'turn-away'
  return waits && code === 'unknown-participant' ? 'knock-gone' : code
}

/** Whoever knocks anew keeps their place. @param {View} view @param {Knocks} message @returns {View} */
function knocked(view, {participant, name, removed}) {
  const knock = {participant, name, removed}
  const before = view.knocks.some(each => each.participant === participant)
  const knocks = before
    ? view.knocks.map(each => (each.participant === participant ? knock : each))
    : [...view.knocks, knock]
  return {...view, knocks}
}
