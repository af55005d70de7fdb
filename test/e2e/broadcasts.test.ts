import assert from 'node:assert/strict';
import test from 'node:test';
import { arabic } from '../../inbox/src/i18n/ar.ts';
import { english } from '../../inbox/src/i18n/en.ts';
import { openPage, signIn, testBrowser } from '../support/browser.ts';
import { accountOf, eventually, testCloud } from '../support/cloud.ts';
import type { Organization } from '../support/cloud.ts';
import { passTimeForVerdicts } from '../support/killed-broadcasts.ts';
import { customer, fault, thread } from '../support/phones.ts';
import type { Phone } from '../support/phones.ts';

const [browser, cloud] = await Promise.all([testBrowser(), testCloud()]);
const nile = cloud.access.organizations[0] as Organization;
const bot = accountOf(nile, 'telegram');
const phones = await Promise.all(['763000001', '763000002', '763000003'].map((each) => customer(cloud, bot, each)));
const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 900 } });
const { page, troubles } = await openPage(context, cloud.access.url);
const questions: string[] = [];
page.on('dialog', (dialog) => {
  questions.push(dialog.message());
  void dialog.accept();
});
await signIn(page, 'mona@nile.example');
await page.getByTestId('open-broadcasts').click();
const form = page.getByTestId('broadcast-form');
const words = english.broadcasts;
const card = (name: string) => page.getByTestId('broadcast').filter({ hasText: name });
const inState = (name: string, state: string) => card(name).and(page.locator(`[data-status="${state}"]`));

test('a list is brought: its columns are shown, and what is good and bad in it is counted', async () => {
  await page.getByTestId('no-broadcasts').waitFor();
  await begin('Harvest');
  await form.locator('[data-choice="file"]').click();
  const list = ['Customer id;Name;Bean', ...phones.map(({ address }) => `${address};Mona;Yirgacheffe`)];
  list.push(`${phones[0]?.address};Again;Sidamo`, 'nobody;Bad;Row');
  const buffer = Buffer.from(list.join('\n'));
  await form.getByTestId('broadcast-file').setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer });
  await form.getByText(words.noRecipientColumn).waitFor();
  assert.ok(await form.getByTestId('broadcast-create').isDisabled());
  await form.getByTestId('column').first().selectOption('to');
  await form.getByTestId('broadcast-message').fill('Dear {{name}}, here is ');
  await form.getByTestId('insert-variable').filter({ hasText: 'Bean' }).click();
  assert.equal(await form.getByTestId('broadcast-message').inputValue(), 'Dear {{name}}, here is {{Bean}}');
  await form.getByTestId('broadcast-create').click();
  await inState('Harvest', 'READY').waitFor();
  const totals = card('Harvest').getByTestId('broadcast-totals');
  await totals.getByText(words.recipients(3, '3')).waitFor();
  await totals.getByText(words.duplicates(1, '1')).waitFor();
  const badRows = await page.request.get(String(await totals.getByTestId('bad-rows').getAttribute('href')));
  assert.match(await badRows.text(), /nobody/);
});

test('it is checked before it starts, and then seen to its end', async () => {
  await card('Harvest').getByTestId('check-broadcast').click();
  await card('Harvest').getByTestId('dry-run').getByText('Dear Mona, here is Yirgacheffe').first().waitFor();
  await card('Harvest').getByTestId('start-broadcast').click();
  await inState('Harvest', 'COMPLETED').waitFor();
  assert.deepEqual(questions, [words.startQuestion(3, '3')]);
  const bar = card('Harvest').getByRole('progressbar', { name: words.progress });
  await bar.and(page.locator('[aria-valuenow="100"]')).waitFor();
  for (const phone of phones)
    assert.equal((await thread(cloud, bot, phone)).filter(({ text }) => text?.startsWith('Dear Mona')).length, 1);
});

test('its result is written into a file', async () => {
  await card('Harvest').getByTestId('export-broadcast').click();
  const link = card('Harvest').getByTestId('export-link');
  await link.waitFor();
  const result = await (await page.request.get(String(await link.getAttribute('href')))).text();
  assert.equal(result.trim().split('\n').length, 1 + phones.length);
});

test('what is pasted goes too, at a time that is chosen, until it is cancelled', async () => {
  await begin('Pasted');
  await form.getByTestId('broadcast-numbers').fill(phones.map(({ address }) => address).join('\n'));
  await form.getByTestId('broadcast-message').fill('Soon');
  await form.getByTestId('broadcast-create').click();
  await inState('Pasted', 'READY').waitFor();
  await card('Pasted').getByTestId('start-broadcast-later').click();
  await page.getByTestId('when-tomorrowAt').click();
  await page.getByTestId('later-submit').click();
  await card('Pasted')
    .getByText(/^Starts/)
    .waitFor();
  await card('Pasted').getByTestId('cancel-broadcast').click();
  await inState('Pasted', 'CANCELLED').waitFor();
});

test('a message that nobody can get is refused before it starts, in words', async () => {
  await begin('Blank');
  await form.getByTestId('broadcast-numbers').fill(String(phones[0]?.address));
  await form.getByTestId('broadcast-message').fill('Your code is {{code}}');
  await form.getByTestId('broadcast-create').click();
  await inState('Blank', 'READY').waitFor();
  await card('Blank').getByTestId('start-broadcast').click();
  await card('Blank').getByTestId('failure').getByText('code').first().waitFor();
});

test('messages of which nobody knows whether they arrived are named, and left to a person', async () => {
  await begin('Lost');
  await form.getByTestId('broadcast-numbers').fill(String(phones[0]?.address));
  await form.getByTestId('broadcast-message').fill('Are you there?');
  await form.getByTestId('broadcast-create').click();
  await inState('Lost', 'READY').waitFor();
  await fault(cloud, 'telegram', { lose_answer: true });
  await card('Lost').getByTestId('start-broadcast').click();
  await eventually('it was asked for', async () => (await textsOf(phones[0])).includes('Are you there?'));
  await cloud.drain();
  const id = String(await card('Lost').getAttribute('data-broadcast-id'));
  await passTimeForVerdicts({ cloud, organization: nile, made: { id }, providerFile: '' });
  await card('Lost').getByTestId('broadcast-unknown').getByText(words.unknownLead(1, '1')).waitFor();
});

test('of a list that is not UTF-8 is chosen what it is written in, and its letters are seen before it is brought', async () => {
  await begin('Windows');
  await form.locator('[data-choice="file"]').click();
  const buffer = Buffer.from([...Buffer.from(`to;name\n${phones[0]?.address};`), 0xe3, 0xe4, 0xec]);
  await form.getByTestId('broadcast-file').setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer });
  await form.getByTestId('broadcast-message').fill('مرحبا {{name}}');
  await form.getByText(words.problems.not_utf8('')).waitFor();
  assert.ok(await form.getByTestId('broadcast-create').isDisabled());
  await form.getByTestId('broadcast-encoding').selectOption('windows-1256');
  await form.getByTestId('columns').getByText('منى').waitFor();
  await form.getByTestId('broadcast-create').click();
  await inState('Windows', 'READY').getByTestId('check-broadcast').click();
  await card('Windows').getByTestId('dry-run').getByText('مرحبا منى').waitFor();
});

test('a list that nobody can be read from says so', async () => {
  await begin('Nobody');
  await form.getByTestId('broadcast-numbers').fill('nobody');
  await form.getByTestId('broadcast-message').fill('Hello');
  await form.getByTestId('broadcast-create').click();
  await inState('Nobody', 'FAILED').getByText(words.problems.no_recipients('')).waitFor();
  await card('Blank').getByTestId('check-broadcast').click();
  await card('Blank')
    .getByTestId('dry-run')
    .getByText(english.refusals['missing_variable'] ?? '')
    .first()
    .waitFor();
});

test('in Arabic it is all said in Arabic', async () => {
  await page.locator('[data-language="ar"]').click();
  await page.getByRole('heading', { name: arabic.broadcasts.broadcasts, exact: true }).waitFor();
  await card('Harvest')
    .getByText(arabic.broadcasts.states['COMPLETED'] ?? '')
    .waitFor();
  await card('Harvest').getByText(arabic.broadcasts.recipients(3, '٣')).waitFor();
  await card('Lost').getByText(arabic.broadcasts.unknownLead(1, '١')).waitFor();
  await card('Nobody').getByText(arabic.broadcasts.problems.no_recipients('')).waitFor();
  await card('Blank')
    .getByTestId('dry-run')
    .getByText(arabic.refusals['missing_variable'] ?? '')
    .first()
    .waitFor();
});

test('sent again, it is unknown no longer', async () => {
  await card('Lost').getByTestId('retry-broadcast').click();
  await card('Lost').getByTestId('broadcast-unknown').waitFor({ state: 'detached' });
  assert.equal(questions.at(-1), arabic.broadcasts.sendUnknownQuestion);
  await eventually('it came again', async () => {
    const texts = await textsOf(phones[0]);
    return texts.filter((text) => text === 'Are you there?').length === 2;
  });
});

test('no page ran into an error meanwhile', () => {
  // the browser itself writes down the answer 422
  assert.deepEqual(
    troubles.filter((trouble) => !trouble.includes('422')),
    [],
  );
});

async function textsOf(phone: Phone | undefined): Promise<(string | null)[]> {
  return phone ? (await thread(cloud, bot, phone)).map(({ text }) => text) : [];
}

async function begin(name: string): Promise<void> {
  await page.getByTestId('new-broadcast').click();
  await form.getByTestId('broadcast-name').fill(name);
  await form.getByTestId('new-account').selectOption(bot.id);
}
