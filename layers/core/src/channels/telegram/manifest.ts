import type { Manifest } from '../contract.ts';

export const manifest: Manifest = {
  name: 'telegram',
  label: 'Telegram',
  inbox: true,
  inbound: true,
  outbound: true,
  handshake: false,
  webhookAliases: [],
  signedBy: 'account',
  address: 'telegram_chat',
  revisions: true,
  tellsProfiles: true,
  receipts: { delivered: false, read: false },
  echoesReference: false,
  baseUrl: 'https://api.telegram.org',
};
