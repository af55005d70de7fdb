import { randomBytes } from 'node:crypto';
import type { Json } from '../../json.ts';
import { invalid } from '../meta/check.ts';
import { createMeta } from '../meta/index.ts';
import { pageFieldOf, pageFields } from '../meta/page-fields.ts';
import { oneOf } from '../meta/params.ts';
import type { Product } from '../meta/product.ts';
import type { Phone } from '../phones.ts';
import type { Provider } from '../provider.ts';
import type { WorldOptions } from '../world.ts';
import { checkTemplate, shownTemplate, templates } from './templates.ts';

const megabyte = 1024 * 1024;

const phones = [
  { id: 'mona', name: 'Mona Hassan', address: '7000000000000001', started: [] },
  { id: 'omar', name: 'عمر علي', address: '7000000000000002', started: [] },
];

const product: Product = {
  label: 'Messenger',
  object: 'page',
  senderOf: (account) => account.external_id,
  newMessageId: () => `m_${randomBytes(64).toString('base64url')}`,
  checkText: (text) =>
    text.length <= 2000 ? undefined : invalid('Length of param message[text] must be less than or equal to 2000'),
  members: ['metadata', 'template'],
  files: {
    image: { max: 8 * megabyte },
    video: { max: 25 * megabyte },
    audio: { max: 25 * megabyte },
    file: { max: 25 * megabyte },
  },
  buttons: ['web_url', 'postback', 'phone_number'],
  checkReaction: (reaction) =>
    /^\p{RGI_Emoji}$/v.test(reaction) || reaction === '❤' ? undefined : invalid('payload[reaction] must be an emoji'),
  needsMessagingType: () => true,
  messagingTypes: ['RESPONSE', 'UPDATE', 'MESSAGE_TAG', 'UTILITY'],
  tags: ['HUMAN_AGENT', 'CUSTOMER_FEEDBACK'],
  checkTemplate,
  shownTemplate,
  noSuchUser: { code: 100, subcode: 2018001, message: 'No matching user found' },
  windowClosed: { code: 10, subcode: 2018278, message: 'This message is sent outside of allowed window.' },
  echo: (account, { metadata }) => ({
    is_echo: true,
    app_id: Number(account.app_id),
    ...(metadata !== undefined && { metadata }),
  }),
  reportsDelivery: true,
  seen: (_messageId, at) => ({ watermark: at }),
  hasStickers: true,
  sendMembers: {
    notification_type: (type) =>
      type === undefined ? undefined : oneOf(type, 'notification_type', ['REGULAR', 'SILENT_PUSH', 'NO_PUSH']),
    persona_id: (persona) => (persona === undefined ? undefined : invalid('The persona does not exist')),
  },
  tellsUnsend: false,
  fields: pageFields,
  fieldOf: pageFieldOf,
  subscribable: () => pageFields,
  scopes: ['pages_show_list', 'pages_messaging', 'pages_manage_metadata', 'pages_read_engagement'],
  person,
  noConsent: { code: 100, subcode: 2018218, message: 'User consent is required to access user profile' },
  platform: undefined,
  templates,
};

function person({ name, address }: Phone): Json {
  const [first_name, ...rest] = name.split(' ');
  return { id: address, first_name, ...(rest.length > 0 && { last_name: rest.join(' ') }) };
}

/** Messenger, for Facebook pages. */
export function createMessenger(options: WorldOptions): Provider {
  return createMeta('messenger', product, phones, options);
}
