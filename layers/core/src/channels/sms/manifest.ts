import type { Manifest } from '../contract.ts';

export const manifest: Manifest = {
  name: 'sms',
  label: 'SMS',
  inbox: false,
  inbound: true,
  outbound: true,
  handshake: false,
  eventsByGet: true,
  webhookAliases: [],
  signedBy: 'account',
  address: 'phone',
  receipts: { delivered: true, read: false },
  echoesReference: true,
  baseUrl: 'https://notify.appgain.io',
};
