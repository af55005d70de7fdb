import assert from 'node:assert/strict';
import test from 'node:test';
import { arabic } from '../../inbox/src/i18n/ar.ts';
import { languageNames } from '../../inbox/src/i18n/dictionary.ts';
import { english } from '../../inbox/src/i18n/en.ts';
import {
  bubble,
  holdLine,
  listed,
  live,
  marksOf,
  openPage,
  signIn,
  testBrowser,
  visibleWords,
  writeInto,
  openListed,
} from '../support/browser.ts';
import { accountOf, testCloud } from '../support/cloud.ts';
import type { Organization } from '../support/cloud.ts';
import { addPhone, clearFaults, fault, thread, write } from '../support/phones.ts';

const rounds = [
  { channel: 'whatsapp_cloud', asks: 'Good morning, is the shop open?', answer: 'Yes, until 11 pm.', receipts: true },
  { channel: 'telegram', asks: 'هل يوجد توصيل إلى المعادي؟', answer: 'نعم، خلال ساعتين (Maadi)', receipts: false },
  { channel: 'whatsapp_lite', asks: 'Two bags of Yirgacheffe, please', answer: 'On their way.', receipts: true },
] as const;

/** A red square. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAMAAADz0U65AAAAA1BMVEXIHh4WiPieAAAADElEQVR4nGNgoA4AAABIAAEuuDx+AAAAAElFTkSuQmCC',
  'base64',
);

const [browser, cloud] = await Promise.all([testBrowser(), testCloud()]);
const [nile, gulf] = cloud.access.organizations as [Organization, Organization];
const place = { locale: 'en-GB', viewport: { width: 1280, height: 800 } };
const context = await browser.newContext(place);
const { page: phones, troubles: phonesTroubles } = await openPage(context, `${cloud.access.url}/phone`);
const { page: inbox, troubles: inboxTroubles } = await openPage(context, cloud.access.url);
await signIn(inbox, 'mona@nile.example');

for (const { channel, asks, answer, receipts } of rounds) {
  test(`${channel}: a customer's text comes in live, and the answer's way is seen to its end`, async () => {
    const phone = phoneOf(channel);
    const conversation = listed(inbox, channel);
    await writeInto(phone, 'phone-input', 'مرحبا 👋');
    await conversation.getByRole('img', { name: english.unreadCount(1, '1') }).waitFor();
    await writeInto(phone, 'phone-input', asks);
    await conversation.getByRole('img', { name: english.unreadCount(2, '2') }).waitFor();
    await conversation.getByText(asks).waitFor();
    await openListed(inbox, conversation);
    await bubble(inbox, asks).waitFor();
    await conversation.and(inbox.locator('[data-unread="0"]')).waitFor();

    if (receipts) await fault(cloud, channel, { hold_receipts: true });
    await writeInto(inbox, 'composer', answer);
    await bubble(inbox, answer, 'SENT').waitFor();
    await phone.locator('[data-from="business"]').filter({ hasText: answer }).waitFor();
    if (receipts) {
      await clearFaults(cloud, channel);
      await bubble(inbox, answer, 'DELIVERED').waitFor();
    }
    await phone.getByTestId('phone-open').click();
    if (receipts) await bubble(inbox, answer, 'READ').waitFor();

    await writeInto(phone, 'phone-input', 'شكرًا');
    await bubble(inbox, 'شكرًا').waitFor();
    const marks = await marksOf(inbox, answer);
    const steps = receipts ? (['PENDING', 'SENT', 'DELIVERED', 'READ'] as const) : (['PENDING', 'SENT'] as const);
    assert.deepEqual(
      marks.map(({ label }) => label),
      steps.map((step) => english.statuses[step]),
    );
    assert.equal(new Set(marks.map(({ drawing }) => drawing)).size, steps.length);
  });
}

test('a picture from the phone is shown', async () => {
  await openListed(inbox, listed(inbox, 'whatsapp_cloud'));
  const file = { name: 'red.png', mimeType: 'image/png', buffer: picture };
  await phoneOf('whatsapp_cloud').getByTestId('phone-file').setInputFiles(file);
  await inbox.locator('[data-type="image"] img').waitFor();
  const decoded = `document.querySelector('[data-type="image"] img').decode().then(() => true)`;
  assert.equal(await inbox.evaluate(decoded), true);
});

test('who clicks through conversations faster than they load writes into the last one, and nowhere else', async () => {
  const ways = ['telegram', 'whatsapp_lite', 'telegram', 'whatsapp_cloud'].map((channel) => listed(inbox, channel));
  const ids = await Promise.all(ways.map((way) => way.getAttribute('data-conversation-id')));
  const visit = `${JSON.stringify(ids)}.forEach((id) => document.querySelector('a[data-conversation-id="' + id + '"]').click())`;
  await inbox.evaluate(visit);
  await inbox.locator(`[data-testid="thread"][data-conversation-id="${ids.at(-1)}"]`).waitFor();
  await inbox.locator('[data-testid="composer-input"]:focus').waitFor();
  await inbox.keyboard.type('Only for the last');
  await inbox.keyboard.press('Enter');
  await bubble(inbox, 'Only for the last', 'READ').waitFor();
  for (const channel of ['telegram', 'whatsapp_lite'] as const) {
    const messages = await thread(cloud, accountOf(nile, channel), { id: 'mona', address: '' });
    assert.ok(messages.length > 0, `${channel} shows what was there before`);
    assert.ok(messages.every(({ text }) => text !== 'Only for the last'));
  }
});

test('people are found by name and by number, however it is written', async () => {
  const search = inbox.getByTestId('search');
  await search.fill('no such person');
  await inbox.getByTestId('empty-list').waitFor();
  await search.fill('+20 100-000 0001');
  await listed(inbox, 'whatsapp_cloud').waitFor();
  assert.equal(await inbox.getByTestId('conversation').count(), 2);
  await search.fill('mona');
  await listed(inbox, 'telegram').waitFor();
  await search.press('Escape');
  assert.equal(await search.inputValue(), '');
});

test('in Arabic everything is said in Arabic and turned round, also after a reload, which keeps the session', async () => {
  const ours = new Set([languageNames.en, ...Object.values(english).filter((words) => typeof words === 'string')]);
  assert.ok((await visibleWords(inbox)).some((words) => ours.has(words)));
  await inbox.locator('[data-language="ar"]').click();
  await inbox.locator('html[lang="ar"][dir="rtl"]').waitFor();
  await inbox.reload();
  await live(inbox);
  await inbox.locator('html[lang="ar"][dir="rtl"]').waitFor();
  await bubble(inbox, 'Yes, until 11 pm.', 'READ').getByRole('button', { name: arabic.statuses.READ }).waitFor();
  const left = (await visibleWords(inbox)).filter((words) => ours.has(words));
  assert.deepEqual(left, [languageNames.en]);

  await inbox.locator('[data-language="en"]').click();
  await inbox.locator('html[lang="en"][dir="ltr"]').waitFor();
  await inbox.getByRole('heading', { name: english.inbox, exact: true }).waitFor();
});

test('a send that fails says why and can be tried again', async () => {
  const account = accountOf(nile, 'whatsapp_cloud');
  const text = 'A new harvest has come in.';
  // The provider is asked to show that someone writes, too: that is to be over.
  const typing = inbox.waitForResponse((response) => response.url().endsWith('/rpc/typing'));
  await inbox.getByTestId('composer-input').fill(text);
  await typing;
  await fault(cloud, 'whatsapp_cloud', { code: 131026 });
  await inbox.getByTestId('composer-send').click();
  const failed = bubble(inbox, text, 'FAILED');
  await failed.getByText(english.notDelivered).waitFor();
  await failed.getByText(english.failures.recipient_unavailable['undeliverable'] as string).waitFor();
  assert.deepEqual((await marksOf(inbox, text)).at(-1)?.label, english.statuses.FAILED);

  await failed.getByTestId('try-again').click();
  await bubble(inbox, text, 'READ').waitFor();
  const phone = { id: 'mona', address: '' };
  const received = (await thread(cloud, account, phone)).filter((message) => message.text === text);
  assert.equal(received.length, 1);
});

test("another organization's agent sees nothing of it", async () => {
  const conversation = new URL(inbox.url()).hash;
  const elsewhere = await browser.newContext(place);
  const { page, troubles } = await openPage(elsewhere, cloud.access.url);
  await signIn(page, 'sara@gulf.example');
  await page.getByTestId('empty-list').waitFor();

  await writeInto(phoneOf('whatsapp_cloud'), 'phone-input', 'Only for Nile Coffee');
  await bubble(inbox, 'Only for Nile Coffee').waitFor();
  const account = accountOf(gulf, 'telegram');
  await write(cloud, account, await addPhone(cloud, 'telegram', '700000900'), 'Only for Gulf');
  await listed(page, 'telegram').filter({ hasText: 'Only for Gulf' }).waitFor();
  assert.equal(await page.getByTestId('conversation').count(), 1);

  await page.goto(`${cloud.access.url}/${conversation}`);
  await page.getByText(english.emptyThread).waitFor();
  assert.equal(await page.getByTestId('message').count(), 0);
  assert.equal(await page.getByTestId('composer').count(), 0);
  assert.equal(await listed(inbox, 'telegram').filter({ hasText: 'Only for Gulf' }).count(), 0);
  assert.deepEqual(troubles, []);
  await elsewhere.close();
});

test('what came while the socket was down is there when it is back, once and in order', async () => {
  await openListed(inbox, listed(inbox, 'whatsapp_lite'));
  await bubble(inbox, 'On their way.').waitFor();
  const line = await holdLine(context, new URL(cloud.access.realtime_url).pathname);
  const { page, troubles } = await openPage(context, inbox.url());
  await live(page);
  await bubble(page, 'On their way.').waitFor();
  await openListed(inbox, listed(inbox, 'telegram'));
  await line.drop();
  await page.locator('[data-testid="connection"]:not([data-connection="live"])').waitFor();

  const missed = ['one', 'two', 'three', 'four', 'five'].map((word) => `While away: ${word}`);
  for (const text of missed) await writeInto(phoneOf('whatsapp_lite'), 'phone-input', text);
  await listed(inbox, 'whatsapp_lite').and(inbox.locator('[data-unread="5"]')).waitFor();
  assert.equal(await bubble(page, 'While away').count(), 0);
  line.restore();
  await bubble(page, 'While away: five').waitFor();
  assert.deepEqual(await bubble(page, 'While away').locator('.rich-text').allTextContents(), missed);
  assert.deepEqual(troubles, []);
});

test('no page ran into an error meanwhile', () => {
  assert.deepEqual([...phonesTroubles, ...inboxTroubles], []);
});

function phoneOf(channel: string) {
  return phones.locator(`[data-testid="phone"][data-channel="${channel}"]`);
}
