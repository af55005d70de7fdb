import { byteOffset, parsed, type Entity, type Parsed } from './entities.ts';

interface Mark {
  token: string;
  type: string;
  /** as Telegram names it in "Can't find end of … entity" */
  label: string;
}

/** Longest first: `__` is read greedily as underline. */
const marks: Mark[] = [
  { token: '```', type: 'pre', label: 'PreCode' },
  { token: '||', type: 'spoiler', label: 'Spoiler' },
  { token: '__', type: 'underline', label: 'Underline' },
  { token: '*', type: 'bold', label: 'Bold' },
  { token: '_', type: 'italic', label: 'Italic' },
  { token: '~', type: 'strikethrough', label: 'Strikethrough' },
  { token: '`', type: 'code', label: 'Code' },
];

const oldMarks = marks.filter(({ token }) => ['```', '*', '_', '`'].includes(token));

const reserved = '_*[]()~`>#+-=|{}.!';

interface Reading {
  source: string;
  index: number;
  text: string;
  open: { mark: Mark; entity: Entity; at: number }[];
  entities: Entity[];
}

/** MarkdownV2: every reserved character outside an entity has to be escaped. */
export function parseMarkdownV2(source: string): Parsed {
  return parse(source, (reading) => stepV2(reading));
}

/** The old Markdown: unescaped punctuation is fine, entities don't nest. */
export function parseMarkdown(source: string): Parsed {
  return parse(source, (reading) => stepOld(reading));
}

function parse(source: string, step: (reading: Reading) => string | undefined): Parsed {
  const reading: Reading = { source, index: 0, text: '', open: [], entities: [] };
  while (reading.index < source.length) {
    const reason = step(reading);
    if (reason) return { ok: false, reason };
  }
  if (reading.open.at(-1)?.mark.type === 'blockquote') close(reading);
  const last = reading.open.at(-1);
  if (last) return { ok: false, reason: `Can't find end of ${last.mark.label} entity at byte offset ${last.at}` };
  return parsed(reading.text, reading.entities);
}

function stepV2(reading: Reading): string | undefined {
  const { source, index, open } = reading;
  const character = source[index] ?? '';
  const inCode = ['code', 'pre'].includes(open.at(-1)?.mark.type ?? '');
  if (character === '\\' && index + 1 < source.length) return take(reading, source[index + 1] ?? '', 2);
  if (character === '\n') return newline(reading);
  const mark = (inCode ? open.slice(-1).map((one) => one.mark) : marks).find(({ token }) =>
    source.startsWith(token, index),
  );
  if (mark) return toggle(reading, mark);
  if (inCode || !reserved.includes(character)) return take(reading, character, 1);
  if (character === '>' && (index === 0 || source[index - 1] === '\n')) return quote(reading);
  if (character === '[' || source.startsWith('![', index)) return openLink(reading, character === '[' ? 1 : 2);
  if (character === ']') return closeLink(reading);
  return `Character '${character}' is reserved and must be escaped with the preceding '\\'`;
}

function stepOld(reading: Reading): string | undefined {
  const { source, index, open } = reading;
  const character = source[index] ?? '';
  const current = open.at(-1)?.mark;
  if (!current && character === '\\' && '_*`['.includes(source[index + 1] ?? ' '))
    return take(reading, source[index + 1] ?? '', 2);
  const mark = (current ? [current] : oldMarks).find(({ token }) => source.startsWith(token, index));
  if (mark?.type === 'text_link') return closeLink(reading);
  if (mark) return toggle(reading, mark);
  if (!current && character === '[' && /^\[[^\]]*\]\(/.test(source.slice(index))) return openLink(reading, 1);
  return take(reading, character, 1);
}

function take(reading: Reading, character: string, length: number): undefined {
  reading.text += character;
  reading.index += length;
}

function newline(reading: Reading): undefined {
  const isQuoted = reading.open.at(-1)?.mark.type === 'blockquote';
  if (isQuoted && reading.source[reading.index + 1] !== '>') close(reading);
  take(reading, '\n', 1);
}

function quote(reading: Reading): undefined {
  const mark: Mark = { token: '>', type: 'blockquote', label: 'BlockQuote' };
  if (!reading.open.some((one) => one.mark.type === 'blockquote')) start(reading, mark);
  reading.index += 1;
}

function toggle(reading: Reading, mark: Mark): string | undefined {
  const at = byteOffset(reading.source, reading.index);
  const last = reading.open.at(-1);
  if (last?.mark.token !== mark.token && reading.open.some((one) => one.mark.token === mark.token)) {
    return `Can't find end of ${last?.mark.label} entity at byte offset ${last?.at ?? at}`;
  }
  const closes = last?.mark.token === mark.token;
  if (!closes) start(reading, mark);
  reading.index += mark.token.length;
  if (closes) close(reading);
  else if (mark.type === 'pre') language(reading);
  return undefined;
}

/** The word right after the opening fence. */
function language(reading: Reading): void {
  const name = /^([\w+#-]+)\n/.exec(reading.source.slice(reading.index))?.[1];
  const last = reading.open.at(-1);
  if (name === undefined || !last) return;
  last.entity.language = name;
  reading.index += name.length + 1;
}

function openLink(reading: Reading, length: number): undefined {
  start(reading, { token: ']', type: 'text_link', label: 'TextUrl' });
  reading.index += length;
}

function closeLink(reading: Reading): string | undefined {
  const last = reading.open.at(-1);
  if (last?.mark.type !== 'text_link') return `Character ']' is reserved and must be escaped with the preceding '\\'`;
  const target = /^\]\(((?:\\.|[^)\\])*)\)/s.exec(reading.source.slice(reading.index));
  if (!target) return `Can't find end of a URL at byte offset ${byteOffset(reading.source, reading.index)}`;
  last.entity.url = (target[1] ?? '').replaceAll(/\\(.)/gs, '$1');
  reading.index += target[0].length;
  close(reading);
  return undefined;
}

function start(reading: Reading, mark: Mark): void {
  const entity: Entity = { type: mark.type, offset: reading.text.length, length: 0 };
  reading.open.push({ mark, entity, at: byteOffset(reading.source, reading.index) });
}

function close(reading: Reading): void {
  const last = reading.open.pop();
  if (last) reading.entities.push({ ...last.entity, length: reading.text.length - last.entity.offset });
}
