/**
 * What is large on one's own stage: what one has pinned, else a shared screen, else, where one
 * wishes it, who speaks.
 *
 * Rule 1: for oneself alone. Nobody is told, and nothing that is sent or kept depends on it
 * (fair-consent C2).
 * Rule 2: a pin holds until its person takes it away, or until whom it is on has gone.
 * Rule 3: of several shared screens the newest is large, as in the film. One's own choice of
 * another holds until one begins that is newer.
 */

/** @typedef {{kind: 'person' | 'screen', id: string}} Large */
/** @typedef {{sharer: string, newest: string | undefined}} Choice  whose screen, and which was the newest then */
/**
 * @typedef {object} Stage
 * @property {readonly string[]} people  whose pictures are on it
 * @property {readonly string[]} screens  that can be shown, the newest last
 * @property {Large | null} pin @property {Choice | null} choice
 * @property {string | null} spotlight  who is large in the speaker view; null: there is none
 */

/** @param {Large | null} one @param {Large | null} other */
export const same = (one, other) => one?.kind === other?.kind && one?.id === other?.id

/** What is pinned after a press: by the same control it is unpinned. @param {Large | null} pin @param {Large} pressed */
export const pinned = (pin, pressed) => (same(pin, pressed) ? null : pressed)

/**
 * A pin, for as long as whom it is on is there.
 * @param {Large | null} pin @param {readonly string[]} people everybody in the room
 * @param {readonly string[]} screens  whoever shares one, shown or not
 */
export function holding(pin, people, screens) {
  if (pin === null) return null
  return (pin.kind === 'person' ? people : screens).includes(pin.id) ? pin : null
}

/** A choice, until a newer screen begins. @param {Choice | null} choice @param {readonly string[]} screens */
export const chosen = (choice, screens) =>
  choice !== null && choice.newest === screens.at(-1) ? choice : null

/** @param {Stage} stage @returns {Large | null} null: everybody alike */
export function largest({people, screens, pin, choice, spotlight}) {
  if (pin !== null && (pin.kind === 'person' ? people : screens).includes(pin.id)) return pin
  const screen = screens.find(id => id === choice?.sharer) ?? screens.at(-1)
  if (screen !== undefined) return {kind: 'screen', id: screen}
  // Who is alone on the stage is as large as can be.
  const speaks = spotlight !== null && people.length > 1 && people.includes(spotlight)
  return speaks ? {kind: 'person', id: spotlight} : null
}
