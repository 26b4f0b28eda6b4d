/**
 * Which one picture a small window shows: the newest shared screen, else who spoke last.
 *
 * Rule: what is shown follows from who shares and who speaks, never from an answer; oneself is
 * shown to oneself only where nobody else is.
 */

/** @import {View} from './view.js' */
/** @typedef {{kind: 'screen' | 'person', id: string}} Pictured */

/**
 * @param {View} view @param {string | null} speaker who has the floor
 * @param {ReadonlySet<string>} received whose screens can be shown
 * @param {Pictured | null} before what was shown last
 * @returns {Pictured | null} null where nobody is there
 */
export function pictured({people, screens, you}, speaker, received, before) {
  const screen = screens.filter(id => id !== you && received.has(id)).at(-1)
  if (screen !== undefined) return {kind: 'screen', id: screen}
  const others = people.filter(({id}) => id !== you).map(({id}) => id)
  const last = before?.kind === 'person' ? before.id : null
  const id = [speaker, last].find(each => each !== null && others.includes(each)) ?? others[0]
  const own = people.some(each => each.id === you) ? you : undefined
  const shown = id ?? own
  return shown === undefined ? null : {kind: 'person', id: shown}
}
