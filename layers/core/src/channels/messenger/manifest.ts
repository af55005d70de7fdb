import type { Manifest } from '../contract.ts';

export const manifest: Manifest = {
  name: 'messenger',
  label: 'Messenger',
  inbox: true,
  inbound: true,
  outbound: true,
  handshake: true,
  webhookAliases: [],
  signedBy: 'app',
  appSecrets: ['app_secret', 'verify_token'],
  worksLater: true,
  address: 'psid',
  revisions: true,
  tellsProfiles: true,
  receipts: { delivered: true, read: true },
  echoesReference: false,
  baseUrl: 'https://graph.facebook.com',
};
