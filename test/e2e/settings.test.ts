import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { arabic } from '../../inbox/src/i18n/ar.ts';
import { english } from '../../inbox/src/i18n/en.ts';
import { openPage, signIn, testBrowser } from '../support/browser.ts';
import { accountOf, control, testCloud } from '../support/cloud.ts';
import type { Account } from '../support/cloud.ts';
import { clearFaults, fault } from '../support/phones.ts';
import { gatewayOf } from '../support/gateways.ts';

const [browser, cloud] = await Promise.all([testBrowser(), testCloud()]);
const [owner, gateway] = gatewayOf(cloud.access.organizations);
const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 900 } });
const { page, troubles } = await openPage(context, cloud.access.url);
await signIn(page, String(owner.agents[0]?.email));
await page.getByTestId('open-settings').click();
const card = (account: Account) => page.locator(`[data-account-id="${account.id}"]`);

after(() => cloud.close());

test('every account is listed with how it does', async () => {
  for (const account of owner.channel_accounts) await card(account).waitFor();
  const telegram = accountOf(owner, 'telegram');
  await card(telegram).getByTestId('test-account').click();
  await card(telegram).getByText(english.testPassed).waitFor();
  await card(telegram).and(page.locator('[data-health="healthy"]')).waitFor();
});

test('an account is switched off and on, and one whose credentials are lost says so', async () => {
  const telegram = accountOf(owner, 'telegram');
  await card(telegram).getByTestId('switch-account').click();
  await card(telegram).and(page.locator('[data-health="off"]')).waitFor();
  await card(telegram).getByTestId('switch-account').click();
  await card(telegram).and(page.locator('[data-health="healthy"]')).waitFor();
  await fault(cloud, 'telegram', { times: 20, status: 401, body: { ok: false, error_code: 401 } });
  await card(telegram).getByTestId('test-account').click();
  await card(telegram).and(page.locator('[data-health="needs_reauth"]')).waitFor();
  await clearFaults(cloud, 'telegram');
});

test('a phone is linked by a code that stays fresh', async () => {
  await card(gateway).getByTestId('pair-account').click();
  await card(gateway).locator('[data-testid="pairing"][data-state="connected"]').waitFor();
  await card(gateway).getByTestId('unpair').click();
  const code = card(gateway).getByTestId('pairing-code');
  await code.waitFor();
  assert.ok(((await code.boundingBox())?.width ?? 0) > 100);
  await control(cloud, `whatsapp_lite/accounts/${encodeURIComponent(gateway.external_id)}/pair`, 'POST', {});
  await card(gateway).locator('[data-testid="pairing"][data-state="connected"]').waitFor();
  await card(gateway).and(page.locator('[data-health="healthy"]')).waitFor();
});

test('the form asks for what each channel needs', async () => {
  await page.getByTestId('connect-channel').click();
  const form = page.getByTestId('connect-form');
  await form.getByTestId('connect-channel-name').selectOption('telegram');
  await form.getByTestId('connect-bot_token').fill('1:no');
  await form.getByTestId('connect-secret_token').fill('s');
  await form.getByTestId('connect-submit').click();
  await form.getByTestId('failure').waitFor();
  await form.getByTestId('connect-channel-name').selectOption('whatsapp_lite');
  await form.getByTestId('connect-kind').selectOption('gateway');
  await form.getByTestId('connect-session').waitFor();
  await form.getByTestId('connect-channel-name').selectOption('instagram');
  await form.getByTestId('connect-kind').selectOption('facebook');
  await form.getByTestId('connect-page_id').waitFor();
});

test('in Arabic it reads from the right', async () => {
  await page.locator('.language-switch').click();
  await page.getByRole('heading', { name: arabic.accounts }).waitFor();
  assert.equal(await page.evaluate('document.dir'), 'rtl');
  const expected = troubles.filter((trouble) => !/status of (4\d\d)/.test(trouble));
  assert.deepEqual(expected, []);
});
