/**
 * Where this server's addresses begin. Whoever makes or reads one asks here.
 *
 * It may lie below a path, such as `/meet/`. The client knows it by where it was loaded from.
 */

/** What stands before `static/` in the address of a module. @param {string} module @returns {string} */
export function baseOf(module) {
  const {protocol, pathname} = new URL(module)
  const found = /^(\/(?:.*?\/)?)static\//.exec(pathname)
  return protocol.startsWith('http') && found?.[1] ? found[1] : '/'
}

const BASE = baseOf(import.meta.url)

/** Where the files of this version of the client lie. @param {string} module  the address of one @returns {string} */
export function folderOf(module) {
  return /^.*?\/static\/(?:[0-9a-f]{16}\/)?/.exec(module)?.[0] ?? module
}

const FOLDER = folderOf(import.meta.url)

/** The address of one of the client's own files. @param {string} name  below `static/` @returns {URL} */
export const file = name => new URL(name, FOLDER)

/** A path on this server. @param {string} [path] below it, without a slash before it @returns {string} */
export const at = (path = '') => BASE + path

/** What a path says below that, with a slash before it. @param {string} path @param {string} [base] @returns {string} */
export const below = (path, base = BASE) =>
  path.startsWith(base) ? path.slice(base.length - 1) : path
