/**
 * How large one can use everybody's picture, which is what their browsers are asked for.
 *
 * Rule 1: it is reckoned from the window, from who is there and from what one prefers, and from nothing that an
 * answer changes. The panel opens by itself for a question and after a no: were the tiles measured, everybody's
 * browser could read off who has just said it (fair-consent P1).
 * Rule 2: who looks away wants no pictures; sound is wanted always.
 */

import {SCREEN_RATIO, arrange, faceRatio, stage} from './tiles.js'

/** @import {Heights} from '../wire/payload.js' */

/** @typedef {'off' | 'speaker' | 'audio'} Saving */
/**
 * @typedef {object} Looking
 * @property {readonly string[]} others  the participants, without oneself
 * @property {readonly string[]} screens  who shares one
 * @property {string | null} large  whose picture is large
 * @property {string | null} screen  whose screen is large
 * @property {string | null} floor  who of the others has spoken last
 * @property {{inline: number, block: number, ratio: number}} view  the window in CSS px, and how many real ones each is
 * @property {'seen' | 'small' | 'hidden'} page  `small`: only a small window of it is seen
 * @property {Saving} saving
 */

/** Where head, dock and gaps are. */
const AROUND = {inline: 24, block: 160, gap: 12}
const STAMP = 90
const LARGEST = 720
const STEPS = [90, 180, 360, LARGEST]
/** More than that nobody sees on a face. */
const FINEST = 2
/** A picture may be drawn so much larger than it is. */
const STRETCH = 1.25
const WIDE = 16 / 9

/** By participant. @param {Looking} looking @returns {Map<string, Required<Heights>>} */
export function wanted(looking) {
  const {others, screens, screen, page, saving} = looking
  const faces = height(looking)
  const chosen = looking.large ?? looking.floor ?? others[0] ?? null
  return new Map(
    others.map(id => {
      const first = id === chosen
      const camera = first ? faces.large : faces.small
      const spared = page === 'hidden' || saving === 'audio'
      const few = page === 'small' || saving === 'speaker'
      const shares = screens.includes(id)
      return [
        id,
        {
          camera: spared || (few && !first) ? 0 : page === 'small' ? (STEPS[1] ?? 0) : camera,
          screen: !shares ? LARGEST : spared ? 0 : id === screen ? LARGEST : few ? 0 : STAMP,
        },
      ]
    }),
  )
}

/** Whose picture one leaves out to save data. @param {Looking} looking @returns {Set<string>} */
export function spared(looking) {
  if (looking.saving === 'off') return new Set()
  const seen = wanted({...looking, page: 'seen'})
  return new Set([...seen].filter(([, {camera}]) => camera === 0).map(([id]) => id))
}

/** Of the one large face, and of the others. @param {Looking} looking */
function height({others, large, screen, view}) {
  const box = {
    inline: Math.max(1, view.inline - AROUND.inline),
    block: Math.max(1, view.block - AROUND.block),
    gap: AROUND.gap,
  }
  const count = others.length + 1
  const dense = Math.min(view.ratio, FINEST)
  /** @param {{inline: number, block: number}} size  a face fills its tile */
  const of = ({inline, block}) => step(Math.max(block, inline / WIDE) * dense)
  if (large === null && screen === null) {
    const all = of(arrange(count, box))
    return {large: all, small: all}
  }
  const face = large !== null
  const ratio = face ? faceRatio(box) : SCREEN_RATIO
  const plan = stage(face ? count - 1 : count, box, ratio)
  const small = of(plan.tiles)
  return {large: face ? of(plan.large) : small, small}
}

/** @param {number} lines */
const step = lines => STEPS.find(each => each * STRETCH >= lines) ?? LARGEST
