import { readFile, writeFile } from 'node:fs/promises';
import type {
  Capabilities,
  InteractiveLimit,
  Manifest,
  MediaLimit,
  TextLimit,
} from '@parley/core/channels/contract.ts';
import { manifests } from '@parley/core/channels/manifests.ts';
import { loadChannel } from '@parley/core/channels/registry.ts';
import { urlNameOf } from '@parley/core/domain/channel.ts';
import type { Rate } from '@parley/core/domain/pace.ts';
import { waysOf } from '@parley/core/domain/degrade-ways.ts';
import type { Kind, Way } from '@parley/core/domain/degrade-ways.ts';
import { format } from 'oxfmt';

interface Described {
  manifest: Manifest;
  can: Capabilities;
}

const page = new URL('channels.md', import.meta.url);

/** docs/channels.md as the channels' manifests and capabilities have it now. */
export async function channelsPage(): Promise<string> {
  const all = await Promise.all(
    manifests.map(async (manifest) => ({ manifest, can: await (await loadChannel(manifest.name)).capabilities() })),
  );
  const { code } = await format('channels.md', [...opening, ...sections(all)].join('\n\n'), { printWidth: 120 });
  return code;
}

const opening = [
  '# Channels',
  'What each channel can do, with its limits. `GET /rest/v1/channels` says the same to programs. Made from the channels themselves by `node docs/generate-channels.ts`: change `layers/core/src/channels/<name>/capabilities.ts`, not this page.',
];

function sections(all: Described[]): string[] {
  return [
    '## Who writes to whom',
    table(['channel', 'sends by', 'writes to', 'inbox', 'receives', 'reports', 'actions', 'replies'], all.map(roleRow)),
    'A channel marked «customer first» can write only where a customer has written before.',
    '## Words',
    table(['channel', 'text', 'caption', 'formatting'], all.map(wordsRow)),
    'Lengths are counted as the provider counts them: UTF-16 units, code points («characters») or bytes of UTF-8. `format: "markdown"` in a send reads `message` as Markdown; other formatting than the channel has goes as plain words, and a link keeps its address in brackets behind it.',
    '## Files',
    table(['channel', 'kind', 'types', 'at most', 'caption'], all.flatMap(fileRows)),
    'A picture in a type or size that the channel does not take is converted; another file goes as a document where the channel takes those, and is refused where not.',
    '## What can be tapped',
    table(['channel', 'kind', 'how many', 'title', 'message', 'around it'], all.flatMap(tapRows)),
    '## Everything else',
    table(['channel', 'place', 'contacts', 'template', 'reaction', 'free to write', 'rates'], all.map(restRow)),
    ...degradation(all),
  ];
}

function degradation(all: Described[]): string[] {
  const ways = all.map(({ can }) => waysOf(can));
  const kinds = Object.keys(ways[0] ?? {}) as Kind[];
  return [
    '## How a message goes',
    'What a channel has no form for is sent in the nearest one that it has. The message says how it differs in `degraded`; `degrade: false` in a send makes it a 422 (`would_degrade`) instead. An answer to numbered text is a text like any other.',
    table(
      ['', ...all.map(({ manifest }) => manifest.label)],
      kinds.map((kind) => [`\`${kind}\``, ...ways.map((way) => inWords[way[kind]])]),
    ),
    table(
      ['form', 'what is sent'],
      [
        [
          'numbered',
          "header, message, `1. Title - description` per choice (one count through all sections of a list), footer. Of a carousel, each card with its picture's link, its choices and its link. Also where there are more choices, longer titles or a longer message than the channel has",
        ],
        [
          'text',
          'of a link button `Title: link` below the message; of contacts their names, numbers and addresses; of a mail without files its subject and words; of a template the `message` beside it, where there is one',
        ],
        ['map link', 'name, address and `https://maps.google.com/?q=latitude,longitude`'],
        ['image', 'the sticker as a picture'],
        [
          'refused',
          '422, with what the channel takes. A file that takes no caption does not take a `message` either: send it by itself',
        ],
        [
          'header, file or footer',
          'go into the message where the channel has no place around it; a file as its link. A question with a file that becomes words is that file with a caption, where the channel takes one',
        ],
      ],
    ),
  ];
}

const inWords: Record<Way, string> = {
  as_is: 'yes',
  numbered_text: 'numbered',
  text: 'text',
  map_link: 'map link',
  image: 'image',
  refused: 'refused',
};

function roleRow({ manifest, can }: Described): string[] {
  const { name, label, address, customerWritesFirst, inbox, inbound, receipts } = manifest;
  return [
    label,
    `\`${urlNameOf(name)}-send\``,
    customerWritesFirst ? `${address} (customer first)` : address,
    yes(inbox),
    yes(inbound),
    listed(['delivered', 'read'].filter((each) => receipts[each as keyof typeof receipts])),
    listed(can.actions),
    yes(can.reply),
  ];
}

function wordsRow({ manifest, can }: Described): string[] {
  return [manifest.label, length(can.text), can.caption ? length(can.caption) : '-', listed(can.formatting)];
}

function fileRows({ manifest, can }: Described): string[][] {
  return entriesOf<MediaLimit>(can.media).map(([kind, { types, maxBytes, maxSide, caption }]) => [
    manifest.label,
    kind,
    types.includes('*') ? 'any' : types.join(', '),
    maxSide === undefined ? bytes(maxBytes) : `${bytes(maxBytes)}, ${maxSide} pixels a side`,
    yes(caption),
  ]);
}

function tapRows({ manifest, can }: Described): string[][] {
  return entriesOf<InteractiveLimit>(can.interactive).map(([kind, { count, title, text, around }]) => [
    manifest.label,
    `\`${kind}\``,
    String(count),
    title.max === 0 ? '-' : length(title),
    text?.max === 0 ? 'none' : length(text ?? can.text),
    listed(around ?? []),
  ]);
}

function restRow({ manifest, can }: Described): string[] {
  const { window, rates } = can;
  const after = { template: 'then templates', tag: 'then what people write, with a tag', nothing: 'then nothing' };
  const most = window?.messages === undefined ? '' : ` and ${window.messages} messages`;
  return [
    manifest.label,
    yes(can.location),
    can.contacts === 0 ? '-' : String(can.contacts),
    yes(can.template),
    can.reaction === 'none' ? '-' : can.reaction,
    window ? `${window.hours} hours${most} after the customer wrote, ${after[window.after]}` : 'always',
    listed(rates.map(rate)),
  ];
}

function rate({ count, per, scope, to, of, where = {} }: Rate): string {
  const only = of ? ` for ${of.join(' and ')}` : '';
  const facts = Object.entries(where).map(([name, is]) => ` where \`${name}\` is \`${is}\``);
  return `${count} a ${per} per ${to ?? scope}${only}${facts.join('')}`;
}

function entriesOf<T>(limits: { [name: string]: T | undefined }): [string, T][] {
  return Object.entries(limits).flatMap(([name, limit]): [string, T][] => (limit === undefined ? [] : [[name, limit]]));
}

function length({ max, unit }: TextLimit): string {
  return `${max} ${unit === 'utf16' ? 'UTF-16 units' : unit}`;
}

function bytes(count: number): string {
  const MB = 1024 * 1024;
  return count >= MB ? `${Number((count / MB).toFixed(1))} MB` : `${Math.round(count / 1024)} KB`;
}

function yes(is: boolean): string {
  return is ? 'yes' : '-';
}

function listed(words: string[]): string {
  return words.join(', ') || '-';
}

function table(head: string[], rows: string[][]): string {
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function line(cells: string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

if (import.meta.main) {
  const text = await channelsPage();
  const before = await readFile(page, 'utf8').catch(() => '');
  if (text !== before) await writeFile(page, text);
}
