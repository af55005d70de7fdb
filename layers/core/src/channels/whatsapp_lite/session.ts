import type { SessionState } from '../contract.ts';

/** WAHA's words for its sessions. */
const statuses: Record<string, SessionState> = {
  STOPPED: 'stopped',
  STARTING: 'starting',
  SCAN_QR_CODE: 'scan_qr',
  WORKING: 'connected',
  FAILED: 'failed',
};

/** The state of a session, by WAHA's word for it. */
export function sessionOf(status: string | undefined): SessionState | undefined {
  return status !== undefined && Object.hasOwn(statuses, status) ? statuses[status] : undefined;
}
