import { isRecord, parseJson, type Json } from '../../json.ts';
import { recordAt, recordsAt, textAt } from '../json.ts';
import type { PhoneBody } from '../phone-body.ts';

/** The notification in a push, when it is one of Parley's. */
export function notificationOf(text: string | undefined): Json | undefined {
  const payload = parseJson(text ?? '');
  const notification = isRecord(payload) ? recordAt(payload, 'notification') : {};
  return textAt(recordAt(notification, 'data'), 'id') === undefined ? undefined : notification;
}

/** As a phone shows it; buttons by the id that their tap answers with. */
export function bodyOf(notification: Json): PhoneBody {
  const text = textAt(notification, 'body') ?? '';
  const image = textAt(notification, 'image');
  const actions = recordsAt(notification, 'actions');
  if (image !== undefined) return { type: 'image', url: image, caption: text };
  if (actions.length === 0) return { type: 'text', text };
  return {
    type: 'interactive',
    text,
    header: textAt(notification, 'title') ?? '',
    choices: actions.flatMap((action) => {
      const id = /^reply:(.+)$/.exec(textAt(action, 'action') ?? '')?.[1];
      return id === undefined ? [] : [{ id, title: textAt(action, 'title') ?? '' }];
    }),
    links: actions
      .filter((action) => textAt(action, 'action') === 'open')
      .map((action) => ({ title: textAt(action, 'title') ?? '', url: textAt(action, 'navigate') ?? '' })),
  };
}
