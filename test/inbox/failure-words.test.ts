import assert from 'node:assert/strict';
import { readFileSync, globSync } from 'node:fs';
import test from 'node:test';
import { manifests } from '@parley/core/channels/manifests.ts';
import { loadChannel } from '@parley/core/channels/registry.ts';
import { serviceOf } from '@parley/core/channels/telegram/service.ts';
import { healthAfter } from '@parley/core/domain/account-health.ts';
import type { Body, MediaKind } from '@parley/core/domain/body.ts';
import { broadcastProblems } from '@parley/core/domain/broadcast-problem.ts';
import { degrade } from '@parley/core/domain/degrade.ts';
import { fit } from '@parley/core/domain/media-fit.ts';
import { credentialForms } from '@parley/core/flows/accounts/credential-fields.ts';
import { unwillingError } from '@parley/core/flows/opt-outs/unwilling.ts';
import { arabic } from '../../inbox/src/i18n/ar.ts';
import { english } from '../../inbox/src/i18n/en.ts';
import { wordsOfCode, wordsOfError } from '../../inbox/src/i18n/failure-words.ts';
import { listProblemOf } from '../../inbox/src/i18n/list-problems.ts';
import { noticeOf } from '../../inbox/src/i18n/notice-words.ts';
import { otherwiseOf } from '../../inbox/src/i18n/otherwise.ts';

const dictionaries = { english, arabic };
const core = new URL('../../layers/core/src/', import.meta.url).pathname;
const sources = globSync('**/*.ts', { cwd: core }).map((path) => ({ path, text: readFileSync(core + path, 'utf8') }));

/** What only programs ask for in a wrong way; the inbox does not. */
const forPrograms = new Set([
  'idempotency_key_reused',
  'invalid_idempotency_key',
  'organization_mismatch',
  'request_running',
  'too_many_to_sort',
  'unsupported_grant_type',
  'validation_failed',
]);

test('every class and code of a failure that the server knows has words in both languages', () => {
  const failures = sources.flatMap(({ path, text }) => [
    ...failuresIn(text),
    ...(path.startsWith('channels/') ? ownFailuresIn(text) : []),
  ]);
  assert.ok(failures.length > 200, `${failures.length} found`);
  for (const [language, { failures: words }] of Object.entries(dictionaries))
    for (const { kind, code } of failures) {
      const known = kind === undefined ? Object.values(words) : [words[kind as keyof typeof words]];
      assert.ok(
        known.some((byCode) => Object.hasOwn(byCode, code)),
        `${language} has no words for ${kind ?? 'some class'} ${code}`,
      );
    }
});

test('every code of a refusal that an agent can run into has words in both languages', () => {
  const codes = new Set(sources.flatMap(({ text }) => refusalsIn(text)).filter((code) => !forPrograms.has(code)));
  assert.ok(codes.size > 60, `${codes.size} found`);
  for (const [language, words] of Object.entries(dictionaries))
    for (const code of codes) assert.ok(wordsOfCode(words, code), `${language} has no words for ${code}`);
});

test('no words are there for what nothing says', () => {
  const all = sources.map(({ text }) => text).join('\n');
  for (const [kind, words] of Object.entries(english.failures))
    for (const code of Object.keys(words)) assert.ok(code === 'other' || all.includes(`'${code}'`), `${kind} ${code}`);
  for (const code of Object.keys(english.refusals)) assert.ok(all.includes(`'${code}'`), code);
});

test('both languages have words for the same, and none is left untranslated', () => {
  for (const part of ['failures', 'refusals', 'notices', 'health', 'account'] as const)
    assert.deepEqual(same(english[part], arabic[part]), [], part);
});

test('a code is read in its class; a new one by its class; and what is of a new class as the server says it', () => {
  assert.match(wordsOfError(english, { class: 'window_closed', code: 'business' }) ?? '', /24 hours/);
  assert.match(wordsOfError(english, { class: 'account_restricted', code: 'business' }) ?? '', /not connected/);
  assert.equal(wordsOfError(english, { class: 'rate_limited', code: 'new' }), english.failures.rate_limited.other);
  assert.equal(wordsOfError(english, { class: 'constructor', code: 'new' }), undefined);
  assert.equal(wordsOfCode(english, 'toString'), undefined);
  for (const why of ['opted_out', 'no_marketing', 'blocked', 'complained', 'gone'] as const)
    assert.equal(wordsOfError(arabic, unwillingError(why, 'SMS')), arabic.failures.opted_out[why]);
});

test('every notice that a channel or the server writes has words, and what somebody chose stays in it', () => {
  const events = new Set([
    ...sources.flatMap(({ text }) => [...text.matchAll(/event: '([a-z_]+)'/g)].map(([, event = '']) => event)),
    ...sources.flatMap(({ path, text }) => (path.endsWith('telegram/service.ts') ? telegramEvents(text) : [])),
    'opted_out',
    'opted_in',
    'subscribed',
    'unsubscribed',
  ]);
  assert.ok(events.size > 50, `${events.size} found`);
  for (const { notices } of Object.values(dictionaries))
    for (const event of events) assert.ok(Object.hasOwn(notices, event), event);
  const joined = serviceOf({ new_chat_members: [{ first_name: 'Omar' }] }) as Extract<Body, { type: 'system' }>;
  assert.equal(noticeOf(arabic.notices, joined.event, joined.text), 'انضم: \u2068Omar\u2069');
  const renamed = serviceOf({ new_chat_title: 'Night shift' }) as Extract<Body, { type: 'system' }>;
  assert.match(noticeOf(english.notices, renamed.event, renamed.text), /Night shift/);
  assert.equal(noticeOf(arabic.notices, 'hovered', 'The customer hovered'), 'The customer hovered');
});

test('what the server says of how a message was sent otherwise is understood, whatever it is', async () => {
  const said = new Set(await othersOf());
  assert.ok(said.size > 20, `${said.size} found`);
  for (const words of said) {
    assert.doesNotMatch(otherwiseOf(arabic.message, words), /[a-z]{3}/, words);
    assert.equal(otherwiseOf(english.message, words), words, 'the server’s own words are English');
  }
  assert.equal(otherwiseOf(arabic.message, 'Sent as a dance.'), 'Sent as a dance.');
});

test('every reason for which a list can’t be used has words, with the number or the name in it', () => {
  const details = { rows: 'too_many_rows', row: 'open_quotes', column: 'no_column', sheet: 'no_sheet' };
  for (const { broadcasts } of Object.values(dictionaries)) {
    assert.deepEqual(Object.keys(broadcasts.problems).toSorted(), broadcastProblems.toSorted());
    for (const [name, code] of Object.entries(details)) {
      const said = {
        problem: 'x',
        problem_code: code,
        problem_details: { [name]: name.startsWith('row') ? 7 : '<7>' },
      };
      assert.match(
        listProblemOf(broadcasts.problems, said, (count) => `<${count}>`),
        /<7>/,
        code,
      );
    }
  }
  const same = broadcastProblems.filter(
    (code) => english.broadcasts.problems[code]('') === arabic.broadcasts.problems[code](''),
  );
  assert.deepEqual(same, []);
});

test('a reason that the inbox has no words for yet is told in the server’s', () => {
  for (const problem_code of ['sulks', 'constructor', null]) {
    const said = { problem: 'The list sulks', problem_code, problem_details: null };
    assert.equal(listProblemOf(arabic.broadcasts.problems, said, String), 'The list sulks');
  }
});

test('why an account does badly has words, for each reason that is ours', () => {
  const codes = sources
    .filter(({ path }) => /account-health|examine|connection\.ts|tiktok\/normalise|whatsapp_cloud\/news/.test(path))
    .flatMap(({ text }) => [...text.matchAll(/code: (?:banned \? )?'([a-z_]+)'/g)].map(([, code = '']) => code));
  assert.ok(codes.length > 10, `${codes.length} found`);
  for (const { health } of Object.values(dictionaries))
    for (const code of codes) assert.ok(Object.hasOwn(health, code), code);
  const { code } = healthAfter(undefined, { about: 'session', session: 'scan_qr' }, 1);
  assert.match(arabic.health[code ?? ''] ?? '', /الرمز/);
});

test('what is filled in to connect an account has a name, and so has what can be chosen in it', async () => {
  const forms = manifests.map(async ({ name }) => credentialForms(await (await loadChannel(name)).credentials()));
  const fields = (await Promise.all(forms)).flat().flatMap((form) => form.fields);
  assert.ok(fields.length > 30, `${fields.length} found`);
  for (const { account } of Object.values(dictionaries))
    for (const { name, choices = [] } of fields) {
      assert.ok(Object.hasOwn(account.credentials, name), name);
      for (const choice of choices) assert.ok(Object.hasOwn(account.choices, choice), choice);
    }
  const kinds = (await Promise.all(forms)).flat().flatMap(({ kind }) => kind ?? []);
  for (const kind of kinds) assert.ok(Object.hasOwn(english.account.choices, kind), kind);
});

/** Where a source makes a failure: by the helpers that take class, code and words, or written out. */
function failuresIn(source: string): { kind?: string; code: string }[] {
  const helped = source.matchAll(/\b(?:never|mend|again)\(\s*'([a-z_]+)',\s*'([a-z_0-9]+)'/g);
  const slowed = source.matchAll(/\bslower\(\s*'[a-z]+',\s*'([a-z_]+)'/g);
  const written = source.matchAll(/class: '([a-z_]+)',\s*code: '([a-z_]+)'|code: '([a-z_]+)',\s*class: '([a-z_]+)'/g);
  return [
    ...[...helped].map(([, kind = '', code = '']) => ({ kind, code })),
    ...[...slowed].map(([, code = '']) => ({ kind: 'rate_limited', code })),
    ...[...written].map(([, one, code, other, kind]) => ({ kind: one ?? kind ?? '', code: code ?? other ?? '' })),
  ];
}

/** By a helper of the channel's own, which knows the class. */
function ownFailuresIn(source: string): { kind?: string; code: string }[] {
  const found = source.matchAll(/\b(?:invalid|recipient|template|account|vapid|wrong)\(\s*'([a-z_]+)'[,)]/g);
  return [...found].map(([, code = '']) => ({ code }));
}

function refusalsIn(source: string): string[] {
  const found = source.matchAll(/\b(?:refuse\(\s*4\d\d,|unprocessable\()\s*'([a-z_]+)'/g);
  return [...found].map(([, code = '']) => code);
}

function telegramEvents(source: string): string[] {
  const [, words = '', quiet = ''] = /const words[^{]*\{(.*?)\n\};.*?const quiet = \[(.*?)\];/su.exec(source) ?? [];
  const named = [...words.matchAll(/^ {2}(\w+):/gm), ...quiet.matchAll(/'(\w+)'/g)];
  return named.map(([, name = '']) => name);
}

/** The notes of every channel on what it can't do as asked. */
async function othersOf(): Promise<string[]> {
  const notes = await Promise.all(
    manifests.map(async ({ name, label }) => {
      const can = await (await loadChannel(name)).capabilities();
      const degraded = bodies.map((body) => degrade(body, can, label).degraded);
      const files = (['image', 'video', 'audio', 'document', 'sticker'] as MediaKind[]).flatMap((kind) =>
        ['image/bmp', 'image/gif', 'video/mp4', 'audio/ogg', 'application/pdf'].map((mime) => {
          const found = fit({ kind, mime, size: 9_500_000, fixed: true }, can.media, label);
          return found.ok ? found.degraded : undefined;
        }),
      );
      return [...degraded, ...files].filter((note) => note !== undefined);
    }),
  );
  const standIn = "Sent as template 'come_back', because the window for free messages had closed.";
  return [...notes.flat(), standIn];
}

const styled = {
  type: 'text',
  text: 'one two three',
  entities: [
    { type: 'bold', offset: 0, length: 3 },
    { type: 'spoiler', offset: 4, length: 3 },
    { type: 'text_link', offset: 8, length: 5, url: 'https://example.com' },
  ],
} satisfies Body;
const buttons = [
  { id: 'a', title: 'A title that is much longer than any button takes' },
  { id: 'b', title: 'B' },
];
const bodies: Body[] = [
  styled,
  { type: 'location', latitude: 30, longitude: 31 },
  { type: 'contacts', contacts: ['a', 'b', 'c'].map((name) => ({ name, phones: ['+1'] })) },
  { type: 'template', template: { name: 'hello', language: 'en' }, text: 'Hello' },
  { type: 'email', subject: 'Hello', text: 'Hello', attachments: [] },
  { type: 'sticker', media: { status: 'ready', link: 'https://example.com/a.webp' } },
  { type: 'interactive', text: 'Choose', interactive: { kind: 'buttons', buttons } },
  {
    type: 'interactive',
    text: 'Choose',
    interactive: { kind: 'buttons', buttons: buttons.slice(1), header: 'Top', footer: 'End' },
  },
  { type: 'interactive', text: 'Where?', interactive: { kind: 'location_request' } },
  {
    type: 'interactive',
    text: 'See',
    interactive: { kind: 'link_button', link: { title: 'Shop', url: 'https://example.com' } },
  },
  {
    type: 'interactive',
    text: 'Cards',
    interactive: { kind: 'carousel', cards: [{ text: 'One', buttons: buttons.slice(1) }] },
  },
];

/** The names of the strings that are the same in both, or in one only, however deep they lie. */
function same(ours: object, theirs: object): string[] {
  const names = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
  return [...names].filter((name) => {
    const [one, other] = [ours, theirs].map((words) => (words as Record<string, unknown>)[name]);
    return typeof one === 'object' && typeof other === 'object' && one && other
      ? same(one, other).length > 0
      : one === other || one === undefined || other === undefined;
  });
}
