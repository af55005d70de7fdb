import assert from 'node:assert/strict';
import test from 'node:test';
import { arabic } from '../../inbox/src/i18n/ar.ts';
import { english } from '../../inbox/src/i18n/en.ts';
import { bubble, openPage, signIn, testBrowser, writeInto, openListed } from '../support/browser.ts';
import { accountOf, eventually, testCloud } from '../support/cloud.ts';
import type { Organization } from '../support/cloud.ts';
import { customer, fault, requestsOf, thread, write } from '../support/phones.ts';

const [browser, cloud] = await Promise.all([testBrowser(), testCloud()]);
const nile = cloud.access.organizations[0] as Organization;
const bot = accountOf(nile, 'telegram');
const meta = accountOf(nile, 'whatsapp_cloud');
const phone = await customer(cloud, bot, '761000001');
const other = await customer(cloud, meta, '+201553000002');
await write(cloud, bot, phone, 'Is the shop open?');
const context = await browser.newContext({
  locale: 'en-GB',
  viewport: { width: 1280, height: 800 },
  permissions: ['clipboard-read', 'clipboard-write'],
});
const { page, troubles } = await openPage(context, cloud.access.url);
await signIn(page, 'mona@nile.example');
const telegram = page.getByTestId('conversation').filter({ hasText: '761000001' });
await openListed(page, telegram);
const question = bubble(page, 'Is the shop open?').and(page.locator('[data-direction="INBOUND"]'));
const menu = page.getByTestId('message-menu');

test('the menu is walked by keys, and the focus comes back', async () => {
  const button = question.getByTestId('message-actions');
  await button.focus();
  await page.keyboard.press('Enter');
  await menu.locator('[data-emoji]').first().waitFor();
  assert.equal(await button.getAttribute('aria-expanded'), 'true');
  await page.keyboard.press('End');
  assert.equal(await focused('data-testid'), 'act-forward');
  await page.keyboard.press('ArrowDown');
  assert.equal(await focused('data-emoji'), '👍');
  await page.keyboard.press('Escape');
  await menu.waitFor({ state: 'detached' });
  assert.equal(await focused('data-testid'), 'message-actions');
  assert.equal(await button.getAttribute('aria-expanded'), 'false');
});

test('a message is answered: the answer quotes it here and at the customer’s', async () => {
  await open(question);
  await page.getByTestId('act-reply').click();
  await page.getByTestId('reply-to').getByText('Is the shop open?').waitFor();
  assert.equal(await focused('data-testid'), 'composer-input');
  await page.keyboard.press('Escape');
  await page.getByTestId('reply-to').waitFor({ state: 'detached' });
  await open(question);
  await page.getByTestId('act-reply').click();
  await writeInto(page, 'composer', 'Until eleven');
  await bubble(page, 'Until eleven', 'SENT').locator('.quote').getByText('Is the shop open?').waitFor();
  await page.getByTestId('reply-to').waitFor({ state: 'detached' });
  const asked = (await requestsOf(cloud, 'telegram')).findLast(({ path }) => path.endsWith('/sendMessage'));
  assert.ok(asked?.body['reply_parameters']);
});

test('the customer is shown that someone writes, but not for every letter', async () => {
  await page.getByTestId('composer-input').pressSequentially('one moment');
  await eventually('the customer is shown', async () => (await timesTyping()) > 0);
  // one for the answer before, and at most one for this
  assert.ok((await timesTyping()) <= 2);
  await page.getByTestId('composer-input').fill('');
});

test('a text is copied', async () => {
  await open(question);
  await page.getByTestId('act-copy').click();
  await page.getByTestId('notice').getByText(english.sending.copied).first().waitFor();
  assert.equal(await page.evaluate('navigator.clipboard.readText()'), 'Is the shop open?');
});

test('a reaction goes to the customer, and is taken back', async () => {
  for (const expected of [1, 0]) {
    await open(question);
    await menu.locator('[data-emoji="👍"]').click();
    await eventually('the reaction', async () => {
      const asked = (await requestsOf(cloud, 'telegram')).findLast(({ path }) => path.endsWith('/setMessageReaction'));
      return (asked?.body['reaction'] as unknown[] | undefined)?.length === expected;
    });
    if (expected === 1) await page.locator('[data-type="reaction"][data-status="SENT"]').waitFor();
  }
});

test('what was sent is edited and, after a question, deleted, for the customer too', async () => {
  await open(bubble(page, 'Until eleven', 'SENT'));
  await page.getByTestId('act-edit').click();
  await page.getByTestId('edit-words').fill('Until midnight');
  await page.getByTestId('edit-save').click();
  await bubble(page, 'Until midnight').getByText(english.edited).waitFor();
  assert.ok((await thread(cloud, bot, phone)).some(({ text }) => text === 'Until midnight'));
  await open(bubble(page, 'Until midnight'));
  await page.getByTestId('act-remove').click();
  await page.getByTestId('delete-dialog').getByText('Until midnight').waitFor();
  await page.getByTestId('delete-now').click();
  await bubble(page, english.deleted).waitFor();
  assert.ok(!(await thread(cloud, bot, phone)).some(({ text }) => text === 'Until midnight'));
});

test('formatted words keep their formatting when they are edited, and can be given more', async () => {
  await writeInto(page, 'composer', 'At **nine** sharp');
  await open(bubble(page, 'At nine sharp', 'SENT'));
  await page.getByTestId('act-edit').click();
  const words = page.getByTestId('edit-words');
  assert.equal(await focused('data-testid'), 'edit-words');
  assert.equal(await words.inputValue(), 'At nine sharp');
  await words.fill('Come at nine sharp');
  await words.press('Control+End');
  for (const _ of 'sharp') await words.press('Shift+ArrowLeft');
  await page.getByTestId('edit-dialog').getByTestId('format-italic').click();
  await page.getByTestId('edit-preview').locator('em').getByText('sharp').waitFor();
  await page.getByTestId('edit-save').click();
  const edited = bubble(page, 'Come at nine sharp');
  await edited.getByText(english.edited).waitFor();
  assert.deepEqual(await edited.locator('.rich-text strong, .rich-text em').allTextContents(), ['nine', 'sharp']);
});

test('a message is passed on into another channel, which has less to offer', async () => {
  await open(question);
  await page.getByTestId('act-forward').click();
  const dialog = page.getByTestId('forward-dialog');
  await dialog.getByTestId('search').fill('+20 155 300 0002');
  await dialog.getByTestId('forward-target').filter({ hasText: '+201553000002' }).click();
  const passedOn = bubble(page, 'Is the shop open?', 'DELIVERED').and(page.locator('[data-direction="OUTBOUND"]'));
  await passedOn.waitFor();
  assert.equal((await thread(cloud, meta, other)).at(-1)?.text, 'Is the shop open?');
  await open(passedOn);
  await menu.locator('[data-emoji="😂"]').waitFor();
  assert.equal(await page.getByTestId('act-edit').count(), 0);
  await page.mouse.click(900, 30);
  await menu.waitFor({ state: 'detached' });
});

test('that nobody knows whether a message went stands in its history', async () => {
  await openListed(page, telegram);
  await fault(cloud, 'telegram', { path: 'sendMessage', lose_answer: true });
  await writeInto(page, 'composer', 'Did this go?');
  const lost = bubble(page, 'Did this go?', 'PENDING');
  await lost.getByTestId('message-error').waitFor();
  await lost.getByTestId('status-mark').click();
  const steps = lost.locator('.history-entry > span:not(.status-icon)');
  assert.deepEqual(await steps.allTextContents(), [english.statuses.PENDING, english.broadcasts.counts.unknown]);
});

test('on a phone a finger that rests on a bubble opens its menu, in Arabic', async () => {
  const mobile = await browser.newContext({
    locale: 'ar-EG',
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const { page: small } = await openPage(mobile, cloud.access.url);
  await signIn(small, 'mona@nile.example');
  await small.getByTestId('conversation').filter({ hasText: '761000001' }).tap();
  const box = await bubble(small, 'Is the shop open?').first().locator('.bubble').boundingBox();
  const touch = await mobile.newCDPSession(small);
  const point = { x: (box?.x ?? 0) + 20, y: (box?.y ?? 0) + 15 };
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [point] });
  await small.getByRole('menuitem', { name: arabic.sending.reply }).waitFor();
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await small.getByRole('menuitem', { name: arabic.sending.reply }).tap();
  await small.getByTestId('reply-to').waitFor();
  await mobile.close();
});

test('no page ran into an error meanwhile', () => assert.deepEqual(troubles, []));

async function open(message: ReturnType<typeof bubble>): Promise<void> {
  await message.hover();
  await message.getByTestId('message-actions').click();
  await menu.locator('[data-emoji]').first().waitFor();
}

async function timesTyping(): Promise<number> {
  return (await requestsOf(cloud, 'telegram')).filter(({ path }) => path.endsWith('/sendChatAction')).length;
}

async function focused(attribute: string): Promise<unknown> {
  return page.evaluate(`document.activeElement.getAttribute(${JSON.stringify(attribute)})`);
}
