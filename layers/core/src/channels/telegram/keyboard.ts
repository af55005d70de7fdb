import type { Choice, Interactive } from '../../domain/body.ts';
import type { Json } from '../shared/http.ts';
import { compact } from '../shared/read.ts';
import type { Options } from './options.ts';

/** Kinds that Telegram shows as buttons under the message. */
export type Tappable = Extract<Interactive, { kind: 'buttons' | 'quick_replies' | 'list' | 'link_button' }>;

/** Whether it becomes buttons under the message. */
export function isTappable(interactive: Interactive): interactive is Tappable {
  return interactive.kind !== 'carousel' && interactive.kind !== 'reply' && interactive.kind !== 'location_request';
}

/** A place is asked for by a key in place of the customer's own keyboard: no button of a message can send where they are. */
export function keyboardOf(interactive: Interactive, options: Options): Json | undefined {
  if (isTappable(interactive)) return inlineKeyboard(interactive, options);
  if (interactive.kind !== 'location_request') return undefined;
  return { keyboard: [[{ text: '📍', request_location: true }]], resize_keyboard: true, one_time_keyboard: true };
}

/** Buttons that belong to the message. */
function inlineKeyboard(interactive: Tappable, { columns = 1 }: Options): Json {
  const buttons = buttonsOf(interactive);
  const rows = buttons.flatMap((_, index) => (index % columns === 0 ? [buttons.slice(index, index + columns)] : []));
  return { inline_keyboard: rows };
}

/** Keys in place of the customer's own keyboard, which stay until they are taken away. */
export function replyKeyboard(keyboard: NonNullable<Options['keyboard']>): Json {
  if (keyboard === 'remove') return { remove_keyboard: true };
  if (keyboard === 'force_reply') return { force_reply: true };
  const { rows, one_time, persistent, placeholder } = keyboard;
  return {
    keyboard: rows,
    resize_keyboard: true,
    ...compact({ one_time_keyboard: one_time, is_persistent: persistent, input_field_placeholder: placeholder }),
  };
}

/** What `sendMessage` says for an interactive body: Telegram has no header, footer or list, so they become text. */
export function textOfInteractive(interactive: Interactive, text: string): string {
  const header = 'header' in interactive ? interactive.header : undefined;
  const footer = 'footer' in interactive ? interactive.footer : undefined;
  return [header, text, rowsOf(interactive), footer].filter(Boolean).join('\n\n');
}

function buttonsOf(interactive: Tappable): Json[] {
  switch (interactive.kind) {
    case 'buttons':
    case 'quick_replies':
      return interactive.buttons.map(buttonOf);
    case 'list':
      return interactive.sections.flatMap((section) => section.rows).map(buttonOf);
    case 'link_button':
      return [{ text: interactive.link.title, url: interactive.link.url }];
  }
}

function buttonOf({ id, title }: Choice): Json {
  return { text: title, callback_data: id };
}

/** Section titles and descriptions of a list, which its buttons have no room for. */
function rowsOf(interactive: Interactive): string | undefined {
  if (interactive.kind !== 'list') return undefined;
  const sections = interactive.sections.map(({ title, rows }) => {
    const described = rows.filter((row) => row.description).map((row) => `• ${row.title}: ${row.description}`);
    return [title, ...described].filter(Boolean).join('\n');
  });
  return sections.filter(Boolean).join('\n\n');
}
