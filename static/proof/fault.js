/**
 * What can be wrong with a thing that is to be verified.
 *
 * Rule: the codes are those of `evidence/faults.py`; each is one check's alone, and those before it
 * were passed.
 */

export class Fault extends Error {
  /** @param {string} code @param {string | null} [where]  the member or file that it is about */
  constructor(code, where = null) {
    super(where === null ? code : `${code}: ${where}`)
    this.code = code
    this.where = where
  }
}

/**
 * What a check finds; where it throws another fault, the one of this code.
 * @template T @param {string} code @param {() => T} check @returns {T}
 */
export function as(code, check) {
  try {
    return check()
  } catch (fault) {
    if (fault instanceof Fault) throw new Fault(code)
    throw fault
  }
}
