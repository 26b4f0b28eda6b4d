/**
 * Time, as the wire half takes it in: tests bring a clock of their own.
 *
 * @typedef {(milliseconds: number, call: () => void) => () => void} After
 *   calls once, later; returns what calls it off
 */

/** @type {After} */
export const after = (milliseconds, call) => {
  const timer = setTimeout(call, milliseconds)
  return () => clearTimeout(timer)
}
