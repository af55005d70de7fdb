import assert from 'node:assert/strict';
import test from 'node:test';
import { arabic } from '../../inbox/src/i18n/ar.ts';
import { english } from '../../inbox/src/i18n/en.ts';
import { toLocal } from '../../inbox/src/later/local-time.ts';
import { bubble, openPage, signIn, testBrowser, openListed } from '../support/browser.ts';
import { accountOf, ask, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Organization } from '../support/cloud.ts';
import { customer } from '../support/phones.ts';

const [browser, cloud] = await Promise.all([testBrowser(), testCloud()]);
const nile = cloud.access.organizations[0] as Organization;
await customer(cloud, accountOf(nile, 'telegram'), '760000001');
const context = await browser.newContext({
  locale: 'en-GB',
  viewport: { width: 1280, height: 800 },
  timezoneId: 'Africa/Cairo',
});
const { page, troubles } = await openPage(context, cloud.access.url);
page.on('dialog', (dialog) => void dialog.accept());
await signIn(page, 'mona@nile.example');
const conversation = page.getByTestId('conversation').filter({ hasText: '760000001' });
await openListed(page, conversation);
const card = (words: string) => page.getByTestId('scheduled-message').filter({ hasText: words });
const series = page.getByTestId('series').filter({ hasText: 'Every morning' });

test('a message is written for later: its time is chosen, shown, changed, and it can be taken back', async () => {
  await write('See you in an hour');
  await page.getByTestId('send-later').click();
  await page.getByText(/Time zone: .*GMT\+[23]/).waitFor();
  await page.getByTestId('when-inAnHour').click();
  await page.getByTestId('later-submit').click();
  const waiting = bubble(page, 'See you in an hour', 'PENDING');
  await waiting.getByTestId('message-waiting').waitFor();
  assert.equal(await page.getByTestId('composer-input').inputValue(), '');
  const before = await scheduledAt();

  await waiting.getByTestId('change-time').click();
  await page.getByTestId('when-tomorrowAt').click();
  await page.getByTestId('later-submit').click();
  await page.getByTestId('change-time-dialog').waitFor({ state: 'detached' });
  const after = await scheduledAt();
  assert.notEqual(after, before);
  assert.match(after, /T0[67]:00:00/, 'nine in Cairo');

  await waiting.getByTestId('take-back').click();
  await bubble(page, 'See you in an hour', 'FAILED').waitFor();
});

test('a time that has gone by is said to be so, and nothing is lost', async () => {
  await write('Too late');
  await page.getByTestId('send-later').click();
  await page.getByTestId('when').fill(toLocal(new Date(2020, 0, 1, 9)));
  await page.getByText(english.sending.timeGoneBy).waitFor();
  await page.keyboard.press('Escape');
  await page.getByTestId('later-dialog').waitFor({ state: 'detached' });
  assert.equal(await page.getByTestId('composer-input').inputValue(), 'Too late');
});

test('a message that comes again and again is on the page of what is scheduled, and is stopped there', async () => {
  await write('Every morning');
  await page.getByTestId('send-later').click();
  await page.getByTestId('repeat').selectOption('day');
  await page.getByTestId('repeat-ending').selectOption('count');
  await page.getByTestId('repeat-count').fill('5');
  await page.getByTestId('later-submit').click();
  await page.getByText(english.sending.recursNow).waitFor();
  const [made] = await rows(cloud, nile, 'series');
  assert.deepEqual(made?.['recurrence'], { every: 'day', count: 5 });
  assert.equal(made['timezone'], 'Africa/Cairo');

  await page.getByTestId('open-scheduled').click();
  await series.getByText(english.sending.ofTimes(5, '5')).waitFor();
  await series.getByTestId('skip-next').click();
  await series.getByText(english.sending.cameTimes(1, '1')).waitFor();
  await series.getByTestId('pause-series').click();
  await series.getByText(english.sending.paused).waitFor();
  await series.getByTestId('resume-series').click();
  await series.getByTestId('pause-series').waitFor();
  await series.getByTestId('end-series').click();
  await series.and(page.locator('[data-status="CANCELLED"]')).waitFor();
});

test('what somebody else schedules comes up by itself, and leads to its conversation', async () => {
  const scheduled_at = new Date(Date.now() + 3_600_000).toISOString();
  await ask(cloud, nile, '/functions/v1/telegram-send', { to: '760000001', message: 'From the API', scheduled_at });
  await card('From the API').getByRole('link').click();
  await bubble(page, 'From the API', 'PENDING').waitFor();
});

test('a list that can’t be read is read when somebody asks again', async () => {
  const lists = /rest\/v1\/(scheduled_messages|series)/;
  await page.route(lists, (route) => route.fulfill({ status: 503, json: { code: 'overloaded', message: 'too much' } }));
  await page.getByTestId('open-scheduled').click();
  const failures = page.getByTestId('failure');
  await failures.nth(1).getByText(String(english.refusals['overloaded'])).waitFor();
  await page.unroute(lists);
  await failures.nth(1).getByRole('button').click();
  await failures.nth(1).waitFor({ state: 'detached' });
  await failures.getByRole('button').click();
  await failures.waitFor({ state: 'detached' });
  await card('From the API').waitFor();
});

test('in Arabic the page is in Arabic, and taking back works there too', async () => {
  await page.locator('[data-language="ar"]').click();
  await page.getByTestId('open-scheduled').click();
  await page.getByRole('heading', { name: arabic.sending.scheduled, exact: true }).waitFor();
  await card('From the API').getByRole('button', { name: arabic.takeBack }).click();
  await page.getByText(arabic.sending.nothingScheduled).waitFor();
});

test('no page ran into an error meanwhile', () =>
  assert.deepEqual(
    troubles.filter((trouble) => !trouble.includes('503')),
    [],
  ));

/** When the one message for later leaves. The list of them is written after the message. */
async function scheduledAt(): Promise<string> {
  const row = await eventually('the message for later', async () => (await rows(cloud, nile, 'scheduled_messages'))[0]);
  return String(row['scheduled_at']);
}

async function write(words: string): Promise<void> {
  await page.getByTestId('composer-input').fill(words);
}
