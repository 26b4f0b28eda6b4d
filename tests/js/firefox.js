/**
 * One Firefox, driven over WebDriver BiDi: a line of JSON in, a line out.
 *
 * Each person in it has a container of their own, which shares no storage with another's.
 * In: `{id, who, act, given}`, of which the first act of each person is to `come`; out:
 * `{id, value}` or `{id, fault}`, and at any time `{who, mistake}` for an error of the page
 * itself. It ends when its input does.
 */

import {createInterface} from 'node:readline'
import puppeteer from 'puppeteer-core'

const [executablePath] = process.argv.slice(2)
/** Milliseconds; less than whoever asks waits, so that they are told what did not come. */
const PATIENCE = 45_000

const browser = await puppeteer.launch({
  browser: 'firefox',
  executablePath,
  headless: true,
  extraPrefsFirefox: {
    // A camera and a microphone of Firefox's own making, and no question about them.
    'media.navigator.streams.fake': true,
    'media.navigator.permission.disabled': true,
    // As for somebody who has been here before.
    'permissions.default.camera': 1,
    'permissions.default.microphone': 1,
    // Its camera is looked at by nobody more closely than the tests' own, at 5 pictures a second.
    'media.navigator.video.default_fps': 5,
    'layout.frame_rate': 15,
    // People on one machine meet over its loopback; without multicast no .local name resolves.
    'media.peerconnection.ice.loopback': true,
    'media.peerconnection.ice.obfuscate_host_addresses': false,
    // Sound needs no press here, as in the Chromium of these tests.
    'media.autoplay.default': 0,
    'media.autoplay.block-webaudio': false,
    // A machine without a sound card keeps every AudioContext suspended.
    'media.cubeb.force_mock_context': true,
    'intl.accept_languages': 'en-GB',
  },
})
/** @type {Map<string, import('puppeteer-core').Page>} of each person */
const pages = new Map()
/** @type {Map<object, import('puppeteer-core').Page>} the page that has opened each */
const behind = new Map()

const acts = {
  goto: (page, url) => page.goto(url).then(() => null),
  click: pressWhereItCounts,
  fill: (page, selector, text) => page.locator(selector).fill(text),
  press: (page, key) => page.keyboard.press(key),
  wait: (page, selector) => page.waitForSelector(selector, {visible: true}).then(() => null),
  gone: (page, selector) => page.waitForSelector(selector, {hidden: true}).then(() => null),
  evaluate: (page, source) => page.evaluate(source),
  frames: (page, selector) => within(page, selector).then(found => found.length),
  shot: (page, path) => page.screenshot({path}).then(() => null),
}

/** @param {string} who @param {string} preload  runs before each page's own scripts */
async function come(who, preload) {
  const container = await browser.createBrowserContext()
  // In a window of their own: of a tab behind another nothing is drawn.
  const page = await container.newPage({type: 'window'})
  page.setDefaultTimeout(PATIENCE)
  await page.setViewport({width: 1440, height: 900})
  await page.evaluateOnNewDocument(preload)
  page.on('pageerror', error => say({who, mistake: error.message}))
  pages.set(who, page)
}

/** What there is in the frames of a page. @param {import('puppeteer-core').Page} page @param {string} selector */
async function within(page, selector) {
  const [, ...frames] = page.frames()
  return (await Promise.all(frames.map(frame => frame.$$(selector)))).flat()
}

/** To the window that a press in a frame opens. @param {string} who @param {string} selector */
async function popup(who, selector) {
  const page = pages.get(who)
  const container = page.browserContext()
  const known = new Set(await container.pages())
  const pause = () => new Promise(resolve => setTimeout(resolve, 50))
  let button
  while (!button) {
    await pause()
    ;[button] = await within(page, `${selector}[data-ready]`)
  }
  await button.click()
  let other
  while (!other) {
    await pause()
    other = (await container.pages()).find(each => !known.has(each) && opened(each))
  }
  other.setDefaultTimeout(PATIENCE)
  behind.set(other, page)
  pages.set(who, other)
}

/** Whether it is past the empty page that a window begins with, which goes while one asks it. @param {import('puppeteer-core').Page} page */
function opened(page) {
  return page.url() !== 'about:blank'
}

/** The page takes no press on what has only just come to its place. @param {import('puppeteer-core').Page} page @param {string} selector */
async function pressWhereItCounts(page, selector) {
  const found = await page.waitForSelector(selector)
  await found.scrollIntoView()
  await page.locator(`${selector}[data-ready]`).click()
}

const wholes = {
  come,
  popup,
  back: who => Promise.resolve(void pages.set(who, behind.get(pages.get(who)))),
}

/** @param {object} line */
function say(line) {
  process.stdout.write(JSON.stringify(line) + '\n')
}

say({value: await browser.version()})
for await (const line of createInterface({input: process.stdin})) {
  const {id, who, act, given} = JSON.parse(line)
  try {
    const done = wholes[act]?.(who, ...given) ?? acts[act]?.(pages.get(who), ...given)
    say({id, value: (await done) ?? null})
  } catch (error) {
    say({id, fault: String(error)})
  }
}
await browser.close()
