import type { Manifest } from '../contract.ts';

export const manifest: Manifest = {
  name: 'email',
  label: 'Email',
  inbox: true,
  inbound: true,
  outbound: true,
  handshake: false,
  eventsByGet: true,
  webhookAliases: ['email-unsubscribe'],
  signedBy: 'account',
  address: 'email',
  ownServer: true,
  mail: true,
  renewsCredentials: true,
  // tokens serve for an hour
  renewAheadMs: 15 * 60_000,
  receipts: { delivered: false, read: false },
  echoesReference: false,
  baseUrl: 'smtp://email-smtp.us-east-1.amazonaws.com:587',
};
