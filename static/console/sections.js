/** The sections of the console, in the order of its navigation, each with its drawing. */

export const SECTIONS = /** @type {const} */ ([
  ['overview', 'overview'],
  ['features', 'gate'],
  ['notices', 'summary'],
  ['rooms', 'door'],
  ['storage', 'disk'],
  ['evidence', 'chain'],
  ['requests', 'receipt'],
  ['services', 'key'],
  ['health', 'pulse'],
])
/** @typedef {(typeof SECTIONS)[number][0]} Section */
/** @typedef {{section: Section, rest: string}} Where `rest`: what of a section, such as a meeting's id */

/** What an address says, after its `#`. @param {string} fragment @returns {Where} */
export function whereOf(fragment) {
  const [name = '', rest = ''] = fragment.replace(/^#/, '').split('/')
  const section = SECTIONS.find(([each]) => each === name)?.[0] ?? 'overview'
  return {section, rest: /^[\w-]{1,64}$/.test(rest) ? rest : ''}
}
