import type { Manifest } from '../contract.ts';

export const manifest: Manifest = {
  name: 'web_push',
  label: 'Web push',
  inbox: true,
  inbound: true,
  outbound: true,
  handshake: false,
  webhookAliases: [],
  signedBy: 'account',
  address: 'push_endpoint',
  customerWritesFirst: true,
  newestAddressHolds: true,
  receipts: { delivered: true, read: true },
  echoesReference: true,
  // Every subscription names its own push service; this one serves the most browsers.
  baseUrl: 'https://fcm.googleapis.com',
};
