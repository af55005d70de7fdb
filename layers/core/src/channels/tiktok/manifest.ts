import type { Manifest } from '../contract.ts';

export const manifest: Manifest = {
  name: 'tiktok',
  label: 'TikTok',
  inbox: true,
  inbound: true,
  outbound: true,
  handshake: false,
  webhookAliases: [],
  signedBy: 'app',
  appSecrets: ['client_secret'],
  worksLater: true,
  address: 'tiktok_user',
  customerWritesFirst: true,
  tellsProfiles: true,
  renewsCredentials: true,
  receipts: { delivered: false, read: true },
  echoesReference: false,
  baseUrl: 'https://business-api.tiktok.com/open_api/v1.3',
};
