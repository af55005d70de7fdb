import type { Manifest } from '../contract.ts';

export const manifest: Manifest = {
  name: 'whatsapp_cloud',
  label: 'WhatsApp Cloud',
  inbox: true,
  inbound: true,
  outbound: true,
  handshake: true,
  webhookAliases: [],
  signedBy: 'app',
  appSecrets: ['app_secret', 'verify_token', 'config_id?'],
  worksLater: true,
  numbersMove: true,
  address: 'phone',
  revisions: true,
  tellsProfiles: 'groups',
  receipts: { delivered: true, read: true },
  echoesReference: true,
  baseUrl: 'https://graph.facebook.com',
};
