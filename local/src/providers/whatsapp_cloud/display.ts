import type { Json } from '../../json.ts';
import { recordAt, recordsAt, shown, textAt } from '../json.ts';
import { keptUrl } from '../media.ts';
import type { MediaBody, PhoneBody } from '../phone-body.ts';
import { hydrate } from './template.ts';
import type { FindTemplate } from './templates.ts';

/** A sent message as the customer's phone shows it. */
export function displayOf(message: Json, base: string, find: FindTemplate): PhoneBody {
  const type = shown(message['type']) || 'text';
  const part = recordAt(message, type);
  switch (type) {
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return mediaBody(type, part, base);
    case 'location':
      return {
        type,
        latitude: Number(part['latitude']),
        longitude: Number(part['longitude']),
        ...texts(part, ['name', 'address']),
      };
    case 'contacts':
      return { type, contacts: recordsAt(message, 'contacts').map(card) };
    case 'reaction':
      return { type, message_id: String(part['message_id']), emoji: String(part['emoji']) };
    case 'interactive':
      return interactive(part);
    case 'template':
      return template(part, find);
    default:
      return { type: 'text', text: String(part['body']) };
  }
}

function mediaBody(type: MediaBody['type'], part: Json, base: string): MediaBody {
  const id = textAt(part, 'id');
  const url = id === undefined ? textAt(part, 'link') : keptUrl(base, id);
  return {
    type,
    ...(url && { url }),
    ...texts(part, ['caption', 'filename']),
    ...(part['voice'] === true && { voice: true }),
  };
}

function card(contact: Json): { name: string; phones: string[] } {
  const phones = recordsAt(contact, 'phones').map((phone) => textAt(phone, 'phone') ?? '');
  return { name: textAt(recordAt(contact, 'name'), 'formatted_name') ?? '', phones };
}

function interactive(part: Json): PhoneBody {
  const action = recordAt(part, 'action');
  const cards = [part, ...recordsAt(action, 'cards')].map((one) => recordAt(one, 'action'));
  const rows = recordsAt(action, 'sections').flatMap((section) => recordsAt(section, 'rows'));
  const replies = cards
    .flatMap((one) => recordsAt(one, 'buttons'))
    .map((button) => (button['reply'] ? recordAt(button, 'reply') : recordAt(button, 'quick_reply')));
  const links = cards.map((one) => recordAt(one, 'parameters')).filter(({ url }) => url !== undefined);
  const header = textAt(recordAt(part, 'header'), 'text');
  const footer = textAt(recordAt(part, 'footer'), 'text');
  return {
    type: 'interactive',
    text: textAt(recordAt(part, 'body'), 'text') ?? '',
    ...(header && { header }),
    ...(footer && { footer }),
    ...texts(action, ['button']),
    choices: [...replies, ...rows].map((one) => ({
      id: String(one['id']),
      title: String(one['title']),
      ...texts(one, ['description']),
    })),
    links: links.map((one) => ({ title: String(one['display_text']), url: String(one['url']) })),
  };
}

function template(part: Json, find: FindTemplate): PhoneBody {
  const language = String(recordAt(part, 'language')['code']);
  const named = find(part['name'], language);
  const given = recordsAt(part, 'components').filter((component) => component['sub_type'] !== undefined);
  const buttons = named?.components.find((one) => one.type === 'BUTTONS')?.buttons ?? [];
  const valueOf = (index: number, member: string): string | undefined =>
    textAt(recordsAt(given.find((one) => Number(one['index']) === index) ?? {}, 'parameters')[0] ?? {}, member);
  return {
    type: 'template',
    name: String(part['name']),
    language,
    text: hydrate(part, find),
    choices: buttons.flatMap(({ type, text }, index) =>
      type === 'QUICK_REPLY' ? [{ id: valueOf(index, 'payload') ?? text, title: text }] : [],
    ),
    links: buttons.flatMap(({ url, text }, index) =>
      url === undefined ? [] : [{ title: text, url: url.replace('{{1}}', valueOf(index, 'text') ?? '') }],
    ),
  };
}

function texts<Key extends string>(record: Json, keys: readonly Key[]): { [K in Key]?: string } {
  return Object.fromEntries(keys.flatMap((key) => (record[key] === undefined ? [] : [[key, shown(record[key])]]))) as {
    [K in Key]?: string;
  };
}
