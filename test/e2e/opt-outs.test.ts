import assert from 'node:assert/strict';
import test from 'node:test';
import { arabic } from '../../inbox/src/i18n/ar.ts';
import { english } from '../../inbox/src/i18n/en.ts';
import { bubble, openPage, signIn, testBrowser, writeInto, openListed } from '../support/browser.ts';
import { accountOf, rows, testCloud } from '../support/cloud.ts';
import type { Organization } from '../support/cloud.ts';
import { customer, write } from '../support/phones.ts';

const [browser, cloud] = await Promise.all([testBrowser(), testCloud()]);
const nile = cloud.access.organizations[0] as Organization;
const bot = accountOf(nile, 'telegram');
const phone = await customer(cloud, bot, '762000001');
const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 800 } });
const { page, troubles } = await openPage(context, cloud.access.url);
await signIn(page, 'mona@nile.example');
await openListed(page, page.getByTestId('conversation').filter({ hasText: '762000001' }));
const closed = page.getByTestId('composer-closed');

test('who asks for no more messages closes the composer at once, and it says why', async () => {
  await page.getByTestId('composer-input').fill('Half a sent');
  await write(cloud, bot, phone, 'STOP');
  await closed.getByText(english.sending.closedBecause['opted_out'] ?? '').waitFor();
  await closed.getByText(english.sending.saidBy['message'] ?? '').waitFor();
  assert.equal(await page.getByTestId('composer-input').count(), 0);
  await page.getByTestId('opt-out-mark').and(page.locator('[data-why="opted_out"]')).waitFor();
});

test('an agent lifts it with a reason, which is kept, and goes on where they were', async () => {
  await page.getByTestId('allow-again').click();
  await page.getByTestId('allow-submit').and(page.locator(':disabled')).waitFor();
  await page.getByTestId('allow-reason').fill('Asked on the phone');
  await page.getByTestId('allow-submit').click();
  await page.getByTestId('composer-input').waitFor();
  assert.equal(await page.getByTestId('composer-input').inputValue(), 'Half a sent');
  assert.equal(await page.getByTestId('opt-out-mark').count(), 0);
  const lifted = (await rows(cloud, nile, 'opt_outs')).find(({ lifted_reason: why }) => why === 'Asked on the phone');
  assert.equal(lifted?.['lifted_by'], 'mona@nile.example');
  await writeInto(page, 'composer', 'Welcome back');
  await bubble(page, 'Welcome back', 'SENT').waitFor();
});

test('the customer lifts it too, by writing START; and in Arabic it is said in Arabic', async () => {
  await page.locator('[data-language="ar"]').click();
  await write(cloud, bot, phone, 'إلغاء الاشتراك');
  await closed.getByText(arabic.sending.closedBecause['opted_out'] ?? '').waitFor();
  await page.getByTestId('opt-out-mark').click();
  await page.getByRole('heading', { name: arabic.sending.allowQuestion }).waitFor();
  await page.keyboard.press('Escape');
  await write(cloud, bot, phone, 'START');
  await page.getByTestId('composer-input').waitFor();
});

test('no page ran into an error meanwhile', () => assert.deepEqual(troubles, []));
