import { randomBytes } from 'node:crypto';
import { invalid } from '../meta/check.ts';
import { createMeta } from '../meta/index.ts';
import { pageFields } from '../meta/page-fields.ts';
import type { MetaAccount, Product } from '../meta/product.ts';
import type { Provider } from '../provider.ts';
import type { WorldOptions } from '../world.ts';
import { login } from './login.ts';

const megabyte = 1024 * 1024;

const phones = [
  { id: 'mona', name: 'Mona Hassan', address: '8000000000000001', started: [] },
  { id: 'omar', name: 'عمر علي', address: '8000000000000002', started: [] },
];

const fields = [
  'messages',
  'message_edits',
  'message_reactions',
  'messaging_seen',
  'messaging_postbacks',
  'messaging_referral',
  'messaging_optins',
  'messaging_handover',
  'standby',
  'comments',
  'mentions',
];

const product: Product = {
  label: 'Instagram',
  object: 'instagram',
  senderOf: (account) => pageOf(account) ?? account.external_id,
  newMessageId: () => `aWdfZAG1faXRlbToxOklHTWVzc2FnZAUlEO${randomBytes(66).toString('base64url')}ZD`,
  checkText: (text) =>
    Buffer.byteLength(text) <= 1000 ? undefined : invalid('Message text must be UTF-8 and at most 1000 bytes'),
  members: [],
  files: {
    image: { max: 8 * megabyte, types: ['image/png', 'image/jpeg', 'image/gif'] },
    video: {
      max: 25 * megabyte,
      types: ['video/mp4', 'video/ogg', 'video/x-msvideo', 'video/quicktime', 'video/webm'],
    },
    audio: {
      max: 25 * megabyte,
      types: ['audio/aac', 'audio/mp4', 'audio/x-m4a', 'audio/wav', 'audio/x-wav', 'audio/wave'],
    },
    file: { max: 25 * megabyte, types: ['application/pdf'] },
  },
  buttons: ['web_url', 'postback'],
  checkReaction: (reaction) => (reaction === 'love' ? undefined : invalid('payload[reaction] must be love')),
  needsMessagingType: (account) => pageOf(account) !== undefined,
  messagingTypes: ['RESPONSE', 'UPDATE', 'MESSAGE_TAG'],
  tags: ['HUMAN_AGENT'],
  checkTemplate: () => invalid('Instagram has no templates of messages'),
  shownTemplate: () => '',
  noSuchUser: { code: 100, subcode: 2534014, message: 'The requested user cannot be found.' },
  windowClosed: { code: 10, subcode: 2534022, message: 'This message is sent outside of allowed window.' },
  echo: () => ({ is_echo: true }),
  reportsDelivery: false,
  seen: (messageId) => ({ mid: messageId }),
  hasStickers: false,
  sendMembers: {},
  tellsUnsend: true,
  fields,
  fieldOf: () => undefined,
  subscribable: (account) => (pageOf(account) === undefined ? fields : pageFields),
  scopes: ['instagram_basic', 'instagram_manage_messages', 'pages_show_list', 'pages_manage_metadata'],
  person: ({ id, name, address }) => ({ id: address, name, username: `${id}.ig` }),
  noConsent: { code: 230, message: 'User consent is required to access user profile' },
  platform: 'instagram',
  templates: [],
  login,
};

/** After a login with Facebook, the page that the account is linked to sends for it. */
function pageOf(account: MetaAccount): string | undefined {
  return account.channel === 'instagram' && account.login === 'facebook' ? account.page_id : undefined;
}

/** Instagram Direct, for professional accounts. */
export function createInstagram(options: WorldOptions): Provider {
  return createMeta('instagram', product, phones, options);
}
