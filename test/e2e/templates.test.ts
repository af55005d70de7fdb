import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { arabic } from '../../inbox/src/i18n/ar.ts';
import { english } from '../../inbox/src/i18n/en.ts';
import { bubble, listed, openPage, signIn, testBrowser, openListed } from '../support/browser.ts';
import { accountOf, ask, testCloud } from '../support/cloud.ts';
import type { Organization } from '../support/cloud.ts';
import { addPhone, customer, thread } from '../support/phones.ts';

const [browser, cloud] = await Promise.all([testBrowser(), testCloud()]);
const nile = cloud.access.organizations[0] as Organization;
const account = accountOf(nile, 'whatsapp_cloud');
const silent = await addPhone(cloud, 'whatsapp_cloud', '+201551800201');
await customer(cloud, accountOf(nile, 'telegram'), '755000001');
const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 800 } });

after(() => cloud.close());

await ask(cloud, nile, '/rest/v1/rpc/sync_templates', { channel_account_id: account.id });
await ask(cloud, nile, '/functions/v1/whatsapp-cloud-send', {
  to: silent.address,
  template: { name: 'hello_world', language: 'en_US' },
});
for (const reply of [
  { shortcut: 'hours', title: 'Opening hours', message: 'We open at ten, {{first_name|friend}}. {{order}}' },
  { shortcut: 'how', message: 'Press the green button.' },
  { shortcut: 'مواعيد', message: 'نفتح في العاشرة.' },
  { shortcut: 'hotel', message: 'For SMS only.', channels: ['sms'] },
])
  await ask(cloud, nile, '/rest/v1/quick_replies', reply);
const { page, troubles } = await openPage(context, cloud.access.url);
await signIn(page, 'mona@nile.example');

test('a shortcut offers what it may mean; the keys choose', async () => {
  await openListed(page, listed(page, 'telegram').first());
  const input = page.getByTestId('composer-input');
  const offered = page.getByTestId('quick-reply');
  await input.pressSequentially('Hello. /ho');
  await offered.first().waitFor();
  assert.deepEqual(await offered.locator('.shortcut').allTextContents(), ['/hours', '/how']);
  assert.equal(await input.getAttribute('aria-activedescendant'), 'quick-reply-0');
  await input.press('Escape');
  assert.equal(await offered.count(), 0);
  await input.pressSequentially('w');
  await offered.first().waitFor();
  await input.press('Backspace');
  await input.press('Backspace');
  await offered.nth(1).waitFor();
  await input.press('ArrowDown');
  assert.equal(await offered.nth(1).getAttribute('aria-selected'), 'true');
  await input.press('ArrowDown');
  await input.press('Enter');
  assert.match(await input.inputValue(), /^Hello\. We open at ten, \S+\. \{\{order\}\}$/);
  assert.equal(await offered.count(), 0);
  await input.fill('/how');
  await offered.first().click();
  assert.equal(await input.inputValue(), 'Press the green button.');
  await input.press('Enter');
  await bubble(page, 'Press the green button.', 'SENT').waitFor();
});

test('a closed window says so, and a template goes all the same', async () => {
  await openListed(page, listed(page, 'whatsapp_cloud').filter({ hasText: silent.address }).first());
  await page.getByTestId('window-closed').getByText(english.library.windowClosed).waitFor();
  await page.getByTestId('choose-template').click();
  const picker = page.getByTestId('template-picker');
  const choice = picker.getByTestId('template-choice');
  await choice.waitFor();
  const named = await choice.locator('option').allTextContents();
  assert.ok(named.includes('order_update · ar') && !named.some((one) => one.includes('paused_offer')), String(named));
  await choice.selectOption({ label: 'order_update · ar' });
  const preview = picker.getByTestId('template-preview');
  await preview.getByText('template.parameters').waitFor();
  await picker.getByTestId('blank body 1').fill('منى');
  await picker.getByTestId('blank body 2').fill('١٢');
  await preview.getByText('مرحبا منى، طلبك رقم ١٢ في الطريق إليك.').waitFor();
  await picker.getByTestId('template-send').click();
  await bubble(page, 'مرحبا منى، طلبك رقم ١٢', 'DELIVERED').waitFor();
  assert.equal(await picker.count(), 0);
  assert.equal((await thread(cloud, account, silent)).at(-1)?.text, 'مرحبا منى، طلبك رقم ١٢ في الطريق إليك.');
});

test('in Arabic both read from the right', async () => {
  await page.locator('.language-switch').click();
  await page.getByText(arabic.library.windowClosed).waitFor();
  const input = page.getByTestId('composer-input');
  await input.fill('/موا');
  await page.getByTestId('quick-reply').first().waitFor();
  const direction = `getComputedStyle(document.getElementById('quick-replies')).direction`;
  assert.equal(await page.evaluate(direction), 'rtl');
  await input.press('Tab');
  assert.equal(await input.inputValue(), 'نفتح في العاشرة.');
  assert.deepEqual(
    troubles.filter((trouble) => !trouble.includes('422')),
    [],
  );
});
