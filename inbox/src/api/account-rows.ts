/** How accounts are connected, as the settings page asks and is told. */

import type { ChannelAccountRow, SendError } from './rows.ts';

/** One way to write an account's credentials. */
export interface CredentialForm {
  kind: string | null;
  fields: { name: string; required: boolean; choices?: string[] }[];
}

/** How accounts of a channel are connected. */
export interface ConnectableChannel {
  channel: string;
  credentials: CredentialForm[];
  tells_external_id: boolean;
  own_server: boolean;
  pairing: boolean;
  consent: boolean;
}

/** What a phone scans, or how the session does. */
export interface PairingRow {
  state: string;
  qr_svg: string | null;
}

export interface TestRow {
  ok: boolean;
  error: SendError | null;
}

export interface GrantedRow {
  accounts: ChannelAccountRow[];
  refused: { name: string; code: string; message: string }[];
}
