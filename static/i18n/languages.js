/**
 * The languages that the client speaks, in the order in which they are offered, each as it calls
 * itself. A language is a line here and a file of its texts beside this one, `<tag>.js`.
 */

/** @type {Readonly<Record<string, string>>} */
export const LANGUAGES = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  ar: 'العربية',
}
