/**
 * Who sits here, as the server tells it to themselves: `GET /api/sign-in`.
 *
 * Rule: it is about opening rooms. Nobody who joins one is asked.
 */

/** @typedef {'anybody' | 'token' | 'oidc' | 'header'} OpenTo who may open rooms here */
/**
 * @typedef {object} Visitor
 * @property {OpenTo} openTo @property {boolean} mayOpen
 * @property {string | null} name what there is to show of them
 * @property {boolean} canSignOut
 */

const WAYS = /** @type {const} */ (['anybody', 'token', 'oidc', 'header'])

/** The way that a server names. One that is not known here counts as the server's own page. @param {unknown} said @returns {OpenTo} */
export const openTo = said =>
  said === undefined ? 'anybody' : (WAYS.find(way => way === said) ?? 'oidc')

/** Of whom nothing is known. @param {OpenTo} openTo @returns {Visitor} */
export const stranger = openTo => ({
  openTo,
  mayOpen: openTo === 'anybody',
  name: null,
  canSignOut: false,
})

/** @param {OpenTo} openTo @param {unknown} said by the server @returns {Visitor} */
export function visitorOf(openTo, said) {
  if (typeof said !== 'object' || said === null || !('may_open' in said)) return stranger(openTo)
  const name = 'name' in said && typeof said.name === 'string' ? said.name : null
  const canSignOut = 'sign_out' in said && said.sign_out === true
  return {openTo, mayOpen: said.may_open === true, name, canSignOut}
}

/** Why a sign-in came to nothing, as the address says it. @param {string} fragment @returns {string | null} a code */
export const refusalOf = fragment =>
  /^[a-z-]+$/.exec(new URLSearchParams(fragment.replace(/^#/, '')).get('sign-in') ?? '')?.[0] ??
  null
