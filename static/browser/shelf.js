/**
 * Small words that this browser remembers: a name, a language, a device.
 *
 * Rule: where site data is blocked (reaching for it throws a SecurityError) or full, the memory
 * of this page serves instead. Nothing is ever refused to a person for it.
 */

/**
 * @typedef {object} Shelf
 * @property {(key: string) => string | null} get
 * @property {(key: string, value: string) => void} set
 * @property {(key: string) => void} forget
 */

/** @param {() => Storage} storage  reaching for it may throw @returns {Shelf} */
export function shelf(storage) {
  /** @type {Map<string, string>} what the browser would not take */
  const memory = new Map()
  return {
    get(key) {
      try {
        return memory.get(key) ?? storage().getItem(key)
      } catch {
        return null
      }
    },
    set(key, value) {
      try {
        storage().setItem(key, value)
        memory.delete(key)
      } catch {
        memory.set(key, value)
      }
    },
    forget(key) {
      memory.delete(key)
      try {
        storage().removeItem(key)
      } catch {
        // Nothing was kept there.
      }
    },
  }
}

/** For this person in this browser. */
export const browserShelf = shelf(() => localStorage)

/** For as long as this tab is open. */
export const tabShelf = shelf(() => sessionStorage)
