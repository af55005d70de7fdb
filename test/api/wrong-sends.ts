import { accountOf } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';

/** A request with something wrong in it; what the answer must say names the field, and the limit where there is one. */
export interface Wrong {
  body: unknown;
  status: number;
  code: string;
  says: RegExp;
}

export interface Scene {
  /** a customer whom both organizations know by WhatsApp Lite */
  to: string;
  nile: Organization;
  gulf: Organization;
  /** their conversations with this customer */
  mine: Row | undefined;
  theirs: Row | undefined;
}

/** Sends of Nile's by WhatsApp Lite that must be refused, by what is wrong with them. */
export function wrongSends({ to, nile, gulf, mine, theirs }: Scene): Record<string, Wrong> {
  const base = { to, message: 'Hello' };
  return {
    'a number as text': { body: { to, message: 5 }, status: 400, code: 'invalid_field', says: /'message'.*string/ },
    'a text as a list': { body: { to, message: ['x'] }, status: 400, code: 'invalid_field', says: /'message'.*string/ },
    'as the caller spelled it': {
      body: { phoneNumber: 7, message: 'x' },
      status: 400,
      code: 'invalid_field',
      says: /'phoneNumber'/,
    },
    'a field nobody knows': {
      body: { ...base, mesage: 'typo' },
      status: 400,
      code: 'unknown_field',
      says: /'mesage'/,
    },
    'no text': { body: { to }, status: 400, code: 'missing_field', says: /'message'/ },
    'an empty text': { body: { to, message: '' }, status: 400, code: 'missing_field', says: /'message'/ },
    'only spaces': { body: { to, message: '   ' }, status: 422, code: 'missing', says: /message/ },
    'a place and words': {
      body: { ...base, location: { latitude: 30, longitude: 31 } },
      status: 400,
      code: 'contradiction',
      says: /'location' and 'message'/,
    },
    'a place and a file': {
      body: { to, location: { latitude: 30, longitude: 31 }, media_url: 'https://a.example/a.png' },
      status: 400,
      code: 'contradiction',
      says: /'location' and 'media_url'/,
    },
    'a message passed on, and words': {
      body: { ...base, forward_of: 'msg_1' },
      status: 400,
      code: 'contradiction',
      says: /'forward_of' and 'message'/,
    },
    'no recipient': { body: { message: 'x' }, status: 400, code: 'missing_field', says: /'to'/ },
    'no phone number': {
      body: { to: 'call me', message: 'x' },
      status: 422,
      code: 'invalid_recipient',
      says: /'to'.*WhatsApp Lite/,
    },
    'no phone number, as the seed spells it': {
      body: { phone_number: 'call me', message: 'x' },
      status: 422,
      code: 'invalid_recipient',
      says: /'phone_number'.*WhatsApp Lite/,
    },
    'a number that is too long': {
      body: { to: '+1234567890123456', message: 'x' },
      status: 422,
      code: 'invalid_recipient',
      says: /'to'/,
    },
    '4097 characters': {
      body: { to, message: 'é'.repeat(4097) },
      status: 422,
      code: 'too_long',
      says: /message has 4097 characters.*4096/,
    },
    'two spellings with two values': {
      body: { to, phone_number: '+201551100002', message: 'x' },
      status: 400,
      code: 'contradiction',
      says: /'to'.*'phone_number'/,
    },
    'a contact who has another number': {
      body: { to: '+201551100002', contact_id: mine?.['contact_id'], message: 'x' },
      status: 400,
      code: 'contradiction',
      says: /'contact_id'.*'to'/,
    },
    'a conversation with another number': {
      body: { to: '+201551100002', conversation_id: mine?.id, message: 'x' },
      status: 400,
      code: 'contradiction',
      says: /'conversation_id'.*'to'/,
    },
    'media_type without media_url': {
      body: { ...base, media_type: 'image' },
      status: 400,
      code: 'missing_field',
      says: /'media_url'/,
    },
    'a media_type nobody knows': {
      body: { ...base, media_url: 'https://example.com/x', media_type: 'smell' },
      status: 400,
      code: 'invalid_field',
      says: /'media_type'.*image/,
    },
    'a media_url that is none': {
      body: { ...base, media_url: 'file:///etc/passwd' },
      status: 400,
      code: 'invalid_field',
      says: /'media_url'.*http/,
    },
    'a body the channel can not send': {
      body: { to, template: { name: 'hi', language: 'en' } },
      status: 422,
      code: 'unsupported_type',
      says: /WhatsApp Lite can't send 'template'/,
    },
    'a time that has gone by': {
      body: { ...base, scheduled_at: '2020-01-01T00:00:00Z' },
      status: 422,
      code: 'invalid_time',
      says: /'scheduled_at'.*past/,
    },
    'a time in a year': {
      body: { ...base, scheduled_at: '2099-01-01T00:00:00Z' },
      status: 422,
      code: 'invalid_time',
      says: /'scheduled_at'.*366 days/,
    },
    'a time that is none': {
      body: { ...base, scheduled_at: 'tomorrow' },
      status: 400,
      code: 'invalid_field',
      says: /'scheduled_at'/,
    },
    'a reply to nothing': {
      body: { ...base, reply_to: 'msg_1' },
      status: 422,
      code: 'invalid_reply',
      says: /'reply_to'/,
    },
    'a list': { body: [base], status: 400, code: 'invalid_body', says: /JSON object/ },
    'a foreign organization_id': {
      body: { ...base, organization_id: gulf.id },
      status: 403,
      code: 'organization_mismatch',
      says: /'organization_id'/,
    },
    'a foreign suitId': {
      body: { ...base, suitId: suitOf(gulf) },
      status: 403,
      code: 'organization_mismatch',
      says: /'suitId'/,
    },
    'a foreign channel_account_id': {
      body: { ...base, channel_account_id: accountOf(gulf, 'whatsapp_lite').id },
      status: 404,
      code: 'no_channel_account',
      says: /'channel_account_id'/,
    },
    'an account of another channel': {
      body: { ...base, channel_account_id: accountOf(nile, 'telegram').id },
      status: 404,
      code: 'no_channel_account',
      says: /'channel_account_id'.*WhatsApp Lite/,
    },
    'a foreign conversation_id': {
      body: { conversation_id: theirs?.id, message: 'x' },
      status: 404,
      code: 'no_conversation',
      says: /'conversation_id'/,
    },
    'a foreign contact_id': {
      body: { contact_id: theirs?.['contact_id'], message: 'x' },
      status: 404,
      code: 'no_contact',
      says: /'contact_id'/,
    },
  };
}

function suitOf(organization: Organization): string {
  const account = accountOf(organization, 'whatsapp_lite');
  return account.kind === 'notify' ? account.suit_id : '';
}
