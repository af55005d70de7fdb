import assert from 'node:assert/strict';
import test from 'node:test';
import type { Locator } from 'playwright-core';
import { isInInbox, manifestOf } from '@parley/core/channels/manifests.ts';
import { english } from '../../inbox/src/i18n/en.ts';
import { bubble, listed, marksOf, openPage, signIn, testBrowser, writeInto, openListed } from '../support/browser.ts';
import { accountOf, ask, rows, testCloud } from '../support/cloud.ts';
import type { Account, Organization, Row } from '../support/cloud.ts';
import { whenMessage } from '../support/sends.ts';
import { sharp } from '../support/wasm-sharp.ts';

/** Wider than a thumbnail, so that it can be told which of the two is shown. */
const width = 480;
const thumbnailWidth = 320;
const picture = await sharp({ create: { width, height: 320, channels: 3, background: 'brown' } })
  .png()
  .toBuffer();

const [browser, cloud] = await Promise.all([testBrowser(), testCloud()]);
const nile = cloud.access.organizations[0] as Organization;
const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 800 } });
const { page: phones, troubles: phonesTroubles } = await openPage(context, `${cloud.access.url}/phone`);
const { page: inbox, troubles: inboxTroubles } = await openPage(context, cloud.access.url);
await signIn(inbox, 'mona@nile.example');

for (const account of nile.channel_accounts.filter(isWrittenTo)) {
  const { channel } = account;
  const by = 'kind' in account ? `${channel} by ${account.kind}` : channel;
  const { receipts } = manifestOf(channel);

  test(`${by}: from the customer's phone to the inbox and back, in words and in a picture`, async () => {
    const phone = await phoneOf(account);
    const asks = `هل المتجر مفتوح اليوم؟ (${by})`;
    await writeInto(phone, 'phone-input', asks);
    const listing = listed(inbox, channel).filter({ hasText: asks });
    await listing.getByRole('img', { name: english.unreadCount(1, '1') }).waitFor();
    const id = await openListed(inbox, listing);
    await bubble(inbox, asks).waitFor();
    await inbox.locator(`[data-conversation-id="${id}"][data-unread="0"]`).waitFor();

    const answer = `نعم، حتى ١١ مساءً 👍 See you (${by})`;
    await writeInto(inbox, 'composer', answer);
    await fromBusiness(phone, answer).waitFor();
    await bubble(inbox, answer, receipts.delivered ? 'DELIVERED' : 'SENT').waitFor();
    await phone.getByTestId('phone-open').click();
    if (receipts.read) await bubble(inbox, answer, 'READ').waitFor();

    await phone.getByTestId('phone-file').setInputFiles({ name: 'beans.png', mimeType: 'image/png', buffer: picture });
    await lastPictureIs(thumbnailWidth);
    if (channel !== 'email') await listed(inbox, channel).filter({ hasText: english.bodies.image }).waitFor();
    await writeInto(phone, 'phone-input', `شكرًا (${by})`);
    await bubble(inbox, `شكرًا (${by})`).waitFor();
    const steps = ['SENT', receipts.delivered && 'DELIVERED', receipts.read && 'READ'] as const;
    const last = steps.findLast((step) => step !== false) ?? 'SENT';
    assert.equal((await marksOf(inbox, answer)).at(-1)?.label, english.statuses[last]);
  });
}

test('web push: a browser that allows notifications is asked, and its tap on a button comes back', async () => {
  const account = accountOf(nile, 'web_push');
  const phone = await phoneOf(account);
  await phone.getByTestId('push-allow').click();
  await openListed(inbox, listed(inbox, 'web_push'));
  await writeInto(inbox, 'composer', 'طلبك جاهز');
  await fromBusiness(phone, 'طلبك جاهز').waitFor();
  await bubble(inbox, 'طلبك جاهز', 'DELIVERED').waitFor();

  const [row] = await rows(cloud, nile, `conversations?channel_account_id=eq.${account.id}`);
  const buttons = [
    { id: 'today', title: 'اليوم' },
    { id: 'tomorrow', title: 'غدًا' },
  ];
  const request = { conversation_id: row?.id, message: 'متى نوصله؟', interactive: { kind: 'buttons', buttons } };
  assert.equal((await ask(cloud, nile, '/functions/v1/web-push-send', request)).status, 200);
  await fromBusiness(phone, 'متى نوصله؟').getByTestId('phone-choice').filter({ hasText: 'غدًا' }).click();
  await inbox.locator('[data-testid="message"][data-direction="INBOUND"]').filter({ hasText: 'غدًا' }).waitFor();
  await bubble(inbox, 'متى نوصله؟', 'READ').waitFor();
});

test('SMS: a text is on the phone, which can not answer it, and in no inbox', async () => {
  const account = accountOf(nile, 'sms');
  const phone = await phoneOf(account);
  const request = { to: '+201000000001', message: 'رمزك 4711', channel_account_id: account.id };
  const sent = await ask(cloud, nile, '/functions/v1/sms-send', request);
  await fromBusiness(phone, 'رمزك 4711').and(phone.locator('[data-status="delivered"]')).waitFor();
  await phone.getByText(english.oneWay).waitFor();
  assert.equal(await phone.getByTestId('phone-input').count(), 0);
  await whenMessage(cloud, nile, sent.body['message'] as Row, 'DELIVERED');
  assert.equal(await listed(inbox, 'sms').count(), 0);
});

test('no page ran into an error meanwhile', () => {
  assert.deepEqual([...phonesTroubles, ...inboxTroubles], []);
});

/** A browser with notifications writes nothing. */
function isWrittenTo({ channel }: Account): boolean {
  return isInInbox(channel) && channel !== 'web_push';
}

/** The phone of the account's channel, with the account chosen on it. */
async function phoneOf({ channel, external_id }: Account): Promise<Locator> {
  const phone = phones.locator(`[data-testid="phone"][data-channel="${channel}"]`);
  await phone.getByTestId('phone-account').selectOption(external_id);
  return phone;
}

function fromBusiness(phone: Locator, text: string): Locator {
  return phone.locator('[data-from="business"]').filter({ hasText: text });
}

/** Waits until the newest picture in the thread is shown, and so wide. */
async function lastPictureIs(wide: number): Promise<void> {
  await inbox.waitForFunction(
    `[...document.querySelectorAll('[data-testid="message"] img')].at(-1)?.naturalWidth === ${wide}`,
  );
}
