import { isRecord, type Json } from '../../json.ts';
import { listAt, shown } from '../json.ts';
import { isGiven, nestedOf, type Params } from './params.ts';
import { bad, isRefusal, type Refusal } from './reply.ts';

/** What a button of an inline keyboard does: exactly one of these. */
const actions = [
  'callback_data',
  'url',
  'web_app',
  'login_url',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'switch_inline_query_chosen_chat',
  'copy_text',
  'pay',
];

const most = { inline: 100, reply: 300, bytes: 10_000 };

/** The reply_markup of a call, undefined when there is none. */
export function markupOf(params: Params, only?: 'inline'): Json | undefined | Refusal {
  if (!isGiven(params, 'reply_markup')) return undefined;
  const markup = nestedOf(params, 'reply_markup');
  if (!isRecord(markup)) return bad("can't parse reply markup JSON object");
  if (Buffer.byteLength(JSON.stringify(markup)) > most.bytes) return bad('reply markup is too long');
  if (markup['inline_keyboard'] !== undefined) return inlineKeyboard(markup);
  if (only === 'inline') return bad('object expected as reply markup');
  if (markup['keyboard'] !== undefined) return replyKeyboard(markup);
  const isKnown = markup['remove_keyboard'] === true || markup['force_reply'] === true;
  return isKnown ? markup : bad('object expected as reply markup');
}

function inlineKeyboard(markup: Json): Json | Refusal {
  const rows = rowsOf(markup, 'inline_keyboard');
  if (isRefusal(rows)) return rows;
  if (rows.flat().length > most.inline) return bad('reply markup is too long');
  return rows.flat().map(checkInline).find(isRefusal) ?? markup;
}

function checkInline(button: unknown): Refusal | undefined {
  if (!isRecord(button)) return bad("can't parse inline keyboard button: expected an Object");
  if (typeof button['text'] !== 'string' || button['text'] === '') {
    return bad(`can't parse inline keyboard button: Field "text" must be of type String`);
  }
  const given = actions.filter((action) => button[action] !== undefined);
  if (given.length === 0)
    return bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard");
  if (given.length > 1) return bad('BUTTON_TYPE_INVALID');
  return checkAction(button);
}

function checkAction({ callback_data: data, url }: Json): Refusal | undefined {
  if (data !== undefined && !isData(data)) return bad('BUTTON_DATA_INVALID');
  const isLink = url === undefined || (typeof url === 'string' && URL.canParse(url) && /^(https?|tg|ton):/.test(url));
  return isLink ? undefined : bad(`inline keyboard button URL '${shown(url)}' is invalid: Wrong HTTP URL`);
}

/** 1 to 64 bytes of UTF-8. */
function isData(data: unknown): boolean {
  if (typeof data !== 'string') return false;
  const bytes = Buffer.byteLength(data);
  return bytes >= 1 && bytes <= 64;
}

function replyKeyboard(markup: Json): Json | Refusal {
  const rows = rowsOf(markup, 'keyboard');
  if (isRefusal(rows)) return rows;
  if (rows.flat().length > most.reply) return bad('reply markup is too long');
  return rows.flat().every(isButton) ? markup : bad(`can't parse keyboard button: Field "text" must be of type String`);
}

function rowsOf(markup: Json, name: string): unknown[][] | Refusal {
  const rows = listAt(markup, name);
  const isKeyboard = Array.isArray(markup[name]) && rows.every((row): row is unknown[] => Array.isArray(row));
  return isKeyboard
    ? rows
    : bad(`can't parse ${name === 'keyboard' ? 'keyboard' : 'inline keyboard'}: expected an Array of Array`);
}

function isButton(button: unknown): boolean {
  if (typeof button === 'string') return button !== '';
  return isRecord(button) && typeof button['text'] === 'string' && button['text'] !== '';
}
