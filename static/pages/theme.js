/**
 * How the page around a frame has it look, as far as that goes: never the answers, nor the sign
 * (styles/framed.css names what takes it).
 */

/** @import {Theme} from '../room/embedding.js' */

const FONTS = {
  system: 'var(--gk-font)',
  serif: 'var(--gk-font-record)',
  mono: 'var(--gk-font-code)',
  rounded: "ui-rounded, 'SF Pro Rounded', 'Nunito', 'Quicksand', var(--gk-font)",
}
const SCHEMES = {light: 'light', dark: 'dark', auto: 'light dark'}
/** Above it black is read better than white (WCAG 2.2, relative luminance). */
const LIGHT = 0.179

/** @param {Theme} theme */
export function look({accent, radius, font, scheme}) {
  const {style} = document.documentElement
  const ink = accent && (luminance(accent) > LIGHT ? '#000000' : '#ffffff')
  give(style, '--embed-accent', accent)
  give(style, '--embed-ink', ink)
  give(style, '--embed-radius', radius === undefined ? radius : `${radius}px`)
  give(style, '--embed-font', font && FONTS[font])
  give(style, 'color-scheme', scheme && SCHEMES[scheme])
}

/** @param {CSSStyleDeclaration} style @param {string} name @param {string | undefined} value */
function give(style, name, value) {
  if (value === undefined) style.removeProperty(name)
  else style.setProperty(name, value)
}

/** @param {string} colour `#rrggbb` */
function luminance(colour) {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(at => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
