/**
 * Time, as the wire half takes it in: tests bring a clock of their own.
 *
 * @typedef {(milliseconds: number, call: () => void) => () => void} Delay
 *   calls once, later; returns what calls it off
 */

/** @type {Delay} */
export const after = (milliseconds, call) => {
  const timer = setTimeout(call, milliseconds)
  return () => clearTimeout(timer)
}
