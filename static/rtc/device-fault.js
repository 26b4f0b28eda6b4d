/** Why a device cannot be had, in words of ours. */

/** @typedef {'missing' | 'busy' | 'refused' | 'insecure' | 'unplugged' | 'failed'} DeviceFault */

/** @type {Readonly<Record<string, DeviceFault>>} names of DOMExceptions (Media Capture, 10.2) */
const FAULTS = {
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'failed',
  NotAllowedError: 'refused',
  SecurityError: 'insecure',
}

/** @param {unknown} error @returns {DeviceFault} */
export const faultOf = error => (error instanceof Error && FAULTS[error.name]) || 'failed'
