import type { Manifest } from '../contract.ts';

export const manifest: Manifest = {
  name: 'instagram',
  label: 'Instagram',
  inbox: true,
  inbound: true,
  outbound: true,
  handshake: true,
  webhookAliases: [],
  signedBy: 'app',
  appSecrets: ['app_secret', 'verify_token', 'instagram_app_id?', 'instagram_app_secret?'],
  worksLater: true,
  address: 'igsid',
  revisions: true,
  tellsProfiles: true,
  renewsCredentials: true,
  renewAheadMs: 10 * 86_400_000,
  receipts: { delivered: false, read: true },
  echoesReference: false,
  baseUrl: 'https://graph.instagram.com',
};
