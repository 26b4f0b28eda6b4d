/**
 * One person's Firefox, driven over WebDriver BiDi: a line of JSON in, a line out.
 *
 * In: `{id, act, given}`; out: `{id, value}` or `{id, fault}`, and at any time
 * `{mistake}` for an error of the page itself. It ends when its input does.
 */

import {createInterface} from 'node:readline'
import puppeteer from 'puppeteer-core'

const [executablePath, preload] = process.argv.slice(2)

const browser = await puppeteer.launch({
  browser: 'firefox',
  executablePath,
  headless: true,
  extraPrefsFirefox: {
    // A camera and a microphone of Firefox's own making, and no question about them.
    'media.navigator.streams.fake': true,
    'media.navigator.permission.disabled': true,
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
const [page] = await browser.pages()
page.setDefaultTimeout(60_000)
await page.setViewport({width: 1440, height: 900})
if (preload) await page.evaluateOnNewDocument(preload)
page.on('pageerror', error => say({mistake: error.message}))

const acts = {
  goto: url => page.goto(url).then(() => null),
  click: pressWhereItCounts,
  fill: (selector, text) => page.locator(selector).fill(text),
  press: key => page.keyboard.press(key),
  wait: selector => page.waitForSelector(selector, {visible: true}).then(() => null),
  gone: selector => page.waitForSelector(selector, {hidden: true}).then(() => null),
  evaluate: source => page.evaluate(source),
  shot: path => page.screenshot({path}).then(() => null),
}

/** The page takes no press on what has only just come to its place. @param {string} selector */
async function pressWhereItCounts(selector) {
  const found = await page.waitForSelector(selector)
  await found.scrollIntoView()
  await page.locator(`${selector}[data-ready]`).click()
}

/** @param {object} line */
function say(line) {
  process.stdout.write(JSON.stringify(line) + '\n')
}

say({value: await browser.version()})
for await (const line of createInterface({input: process.stdin})) {
  const {id, act, given} = JSON.parse(line)
  try {
    say({id, value: (await acts[act](...given)) ?? null})
  } catch (error) {
    say({id, fault: String(error)})
  }
}
await browser.close()
