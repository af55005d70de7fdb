import type { Manifest } from '../contract.ts';

export const manifest: Manifest = {
  name: 'whatsapp_lite',
  aliases: ['whatsapp'],
  label: 'WhatsApp Lite',
  inbox: true,
  inbound: true,
  outbound: true,
  handshake: false,
  webhookAliases: ['appgain-whatsapp-webhook'],
  signedBy: 'account',
  address: 'phone',
  addressComesLate: true,
  ownServer: true,
  revisions: true,
  tellsProfiles: 'groups',
  pace: { dailyLimit: 300, minDelayMs: 400, maxDelayMs: 1200 },
  receipts: { delivered: true, read: true },
  echoesReference: false,
  baseUrl: 'https://notify.appgain.io',
};
