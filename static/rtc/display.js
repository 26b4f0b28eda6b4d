/**
 * What is asked for when one shares a screen: its picture, and its sound where the browser has any.
 *
 * Rule 1: the person chooses in the browser's own dialog, sound included; nothing is chosen for them.
 * Rule 2: a browser that gives no sound gives a screen, and that is no fault.
 */

/** What is played is sent as it is: nobody speaks into it, and who shares goes on hearing it. */
const PLAYED = {
  echoCancellation: false,
  noiseSuppression: false,
  autoGainControl: false,
  suppressLocalAudioPlayback: false,
  restrictOwnAudio: true, // else the others hear themselves in what this page plays
}
/** As Screen Capture (W3C) has it; what a browser does not know it passes over. */
export const DISPLAY = {video: true, audio: PLAYED, systemAudio: 'include'}
