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
  address: 'igsid',
  receipts: { delivered: false, read: true },
  echoesReference: false,
  baseUrl: 'https://graph.instagram.com',
};
