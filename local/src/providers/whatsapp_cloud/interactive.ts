import { isRecord, type Json } from '../../json.ts';
import { listAt, recordAt, recordsAt } from '../json.ts';
import { first, object, type Check } from '../meta/check.ts';
import { checkCarousel, checkHeader, checkLink } from './carousel.ts';
import { each, label, notValid, onlyKeys, unique } from './params.ts';

type Kind = (interactive: Json) => Check;

const kinds: Record<string, Kind> = {
  button: (interactive) =>
    first(
      () => frame(interactive, 1024, mediaHeaders),
      () => checkButtons(interactive),
    ),
  list: (interactive) =>
    first(
      () => frame(interactive, 4096, ['text']),
      () => checkList(recordAt(interactive, 'action')),
    ),
  cta_url: (interactive) =>
    first(
      () => frame(interactive, 1024, mediaHeaders),
      () => checkLink(recordAt(interactive, 'action')),
    ),
  flow: (interactive) =>
    first(
      () => frame(interactive, 1024, mediaHeaders),
      () => checkFlow(recordAt(interactive, 'action')),
    ),
  location_request_message: (interactive) =>
    first(
      () => bare(interactive),
      () => named(interactive, 'send_location'),
    ),
  contact_request: (interactive) =>
    first(
      () => bare(interactive),
      () => named(interactive, 'request_contact_info'),
    ),
  carousel: (interactive) =>
    first(
      () => bare(interactive),
      () => checkCarousel(recordAt(interactive, 'action')),
    ),
};

const mediaHeaders = ['text', 'image', 'video', 'document'];

/** An interactive message, by the limits of its kind. */
export function checkInteractive(interactive: Json): Check {
  const kind = kinds[String(interactive['type'])];
  if (!kind) return notValid(`interactive.type must be one of ${Object.keys(kinds).join(', ')}`);
  return first(
    () => onlyKeys(interactive, 'interactive', ['type', 'header', 'body', 'footer', 'action']),
    () => object(interactive['action'], "interactive['action']"),
    () => kind(interactive),
  );
}

function frame(interactive: Json, bodyMax: number, headers: readonly string[]): Check {
  const { header, footer } = interactive as Record<string, unknown>;
  return first(
    () => checkBody(interactive, bodyMax),
    () => (footer === undefined ? undefined : label(recordAt(interactive, 'footer')['text'], 'Footer text', 60)),
    () => (header === undefined ? undefined : checkHeader(recordAt(interactive, 'header'), headers)),
  );
}

/** Body only: no header, no footer. */
function bare(interactive: Json): Check {
  const extra = ['header', 'footer'].find((part) => interactive[part] !== undefined);
  return extra === undefined
    ? checkBody(interactive, 1024)
    : notValid(`${extra} is not allowed for this interactive type`);
}

function checkBody(interactive: Json, max: number): Check {
  return label(recordAt(interactive, 'body')['text'], 'Body text', max);
}

function checkButtons(interactive: Json): Check {
  const buttons = listAt(recordAt(interactive, 'action'), 'buttons');
  const replies = buttons.map((button) =>
    isRecord(button) && button['type'] === 'reply' ? recordAt(button, 'reply') : {},
  );
  if (buttons.length < 1 || buttons.length > 3) return notValid('Button count invalid. Min: 1, Max: 3');
  return first(
    () => each(replies, (reply) => checkReply(reply)),
    () =>
      unique(
        replies.map((reply) => reply['id']),
        'button id',
      ),
    () =>
      unique(
        replies.map((reply) => reply['title']),
        'button title',
      ),
  );
}

function checkReply(reply: Json): Check {
  return first(
    () => label(reply['id'], 'Button id', 256),
    () =>
      String(reply['id']).trim() === reply['id'] ? undefined : notValid('Button id has leading or trailing spaces'),
    () => label(reply['title'], 'Button title', 20),
  );
}

function checkList(action: Json): Check {
  const sections = recordsAt(action, 'sections');
  const rows = sections.flatMap((section) => recordsAt(section, 'rows'));
  return first(
    () => label(action['button'], 'Button label', 20),
    () =>
      sections.length >= 1 && sections.length <= 10 ? undefined : notValid('Section count invalid. Min: 1, Max: 10'),
    () => each(sections, (section) => checkSection(section, sections.length > 1)),
    () => (rows.length <= 10 ? undefined : notValid('Total row count exceed max allowed count: 10')),
    () => each(rows, checkRow),
    () =>
      unique(
        rows.map((row) => row['id']),
        'row id',
      ),
  );
}

function checkSection(section: Json, needsTitle: boolean): Check {
  return first(
    () => onlyKeys(section, 'section', ['title', 'rows']),
    () => (needsTitle || section['title'] !== undefined ? label(section['title'], 'Section title', 24) : undefined),
    () => (recordsAt(section, 'rows').length > 0 ? undefined : notValid('Section needs at least one row')),
  );
}

function checkRow(row: Json): Check {
  return first(
    () => onlyKeys(row, 'row', ['id', 'title', 'description']),
    () => label(row['id'], 'Row id', 200),
    () => label(row['title'], 'Row title', 24),
    () => (row['description'] === undefined ? undefined : label(row['description'], 'Row description', 72)),
  );
}

function checkFlow(action: Json): Check {
  const flow = recordAt(action, 'parameters');
  const isNamed = (flow['flow_id'] === undefined) !== (flow['flow_name'] === undefined);
  return first(
    () => (action['name'] === 'flow' ? undefined : notValid('action.name must be flow')),
    () => (flow['flow_message_version'] === '3' ? undefined : notValid('flow_message_version must be "3"')),
    () => (isNamed ? undefined : notValid('exactly one of flow_id and flow_name is needed')),
    () => label(flow['flow_cta'], 'Flow CTA', 30),
  );
}

function named({ action }: Json, name: string): Check {
  return isRecord(action) && action['name'] === name ? undefined : notValid(`action.name must be ${name}`);
}
