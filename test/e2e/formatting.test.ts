import assert from 'node:assert/strict';
import test from 'node:test';
import { english } from '../../inbox/src/i18n/en.ts';
import { bubble, listed, openPage, signIn, testBrowser, openListed } from '../support/browser.ts';
import { accountOf, ask, testCloud } from '../support/cloud.ts';
import type { Organization } from '../support/cloud.ts';
import { customer, thread } from '../support/phones.ts';

test('what an agent formats is so in the thread and on the phone, and what went in another form says so', async () => {
  const [browser, cloud] = await Promise.all([testBrowser(), testCloud()]);
  const nile = cloud.access.organizations[0] as Organization;
  const account = accountOf(nile, 'whatsapp_lite');
  const phone = await customer(cloud, account, '+201551800101');
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 800 } });
  const { page, troubles } = await openPage(context, cloud.access.url);
  await signIn(page, 'mona@nile.example');
  await openListed(page, listed(page, 'whatsapp_lite').first());

  const input = page.getByTestId('composer-input');
  await input.fill('Order 7 is ready: 2*3*4');
  await input.press('Home');
  for (const _ of 'Order 7') await input.press('Shift+ArrowRight');
  await input.press('Control+b');
  await page.getByRole('button', { name: english.formats.italic }).click();
  assert.equal(await input.inputValue(), '**_Order 7_** is ready: 2*3*4');
  await input.press('Enter');
  await bubble(page, 'Order 7 is ready: 2*3*4', 'DELIVERED').locator('strong em').waitFor();
  assert.equal((await thread(cloud, account, phone)).at(-1)?.text, '*_Order 7_* is ready: 2*3*4');

  const interactive = { kind: 'buttons', buttons: [{ id: 'y', title: 'Yes' }] };
  const body = { to: phone.address, message: 'Deliver today?', interactive };
  assert.equal((await ask(cloud, nile, '/functions/v1/whatsapp-lite-send', body)).status, 200);
  const note = bubble(page, '1. Yes').getByTestId('message-degraded');
  assert.match((await note.textContent()) ?? '', /Not sent as it was written: Sent as numbered text: WhatsApp Lite/);
  assert.deepEqual(troubles, []);
});
