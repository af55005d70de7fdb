import assert from 'node:assert/strict';
import test from 'node:test';
import { arabic } from '../../inbox/src/i18n/ar.ts';
import { english } from '../../inbox/src/i18n/en.ts';
import { bubble, listed, openPage, signIn, testBrowser, openListed } from '../support/browser.ts';
import { accountOf, testCloud } from '../support/cloud.ts';
import type { Organization } from '../support/cloud.ts';
import { mailbox, mailIn, messageOf } from '../support/mail.ts';
import { addPhone } from '../support/phones.ts';

const [browser, cloud] = await Promise.all([testBrowser(), testCloud()]);
const nile = cloud.access.organizations[0] as Organization;
const account = accountOf(nile, 'email');
const phone = await addPhone(cloud, 'email', 'omar.e2e@customers.example');
const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
await mailIn(cloud, {
  from: `عمر <${phone.address}>`,
  to: account.external_id,
  messageId: '<e2e-1@customers.example>',
  subject: 'صورة الطلب',
  text: 'انظر الصورة\n\nOn Fri, Nov 20, 2026 at 10:12 AM Nile <support@nile.example> wrote:\n> Send us a picture',
  html: '<p dir="rtl">انظر <img src="cid:pic@x" alt="inside"><img src="https://spy.example/p.gif" alt="spy"></p><script>parent.document.title="owned"</script>',
  attachments: [{ filename: 'pic.png', cid: 'pic@x', content: Buffer.from(pixel, 'base64') }],
});
await messageOf(cloud, nile, 'e2e-1@customers.example');
const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 800 } });
const { page, troubles } = await openPage(context, cloud.access.url);
const asked: string[] = [];
page.on('request', (request) => asked.push(request.url()));
await signIn(page, 'mona@nile.example');
await openListed(page, listed(page, 'email').filter({ hasText: 'انظر الصورة' }).first());

test('a mail shows its subject, its words, and its quote when asked', async () => {
  const mail = page.getByTestId('mail').first();
  await mail.getByText('صورة الطلب').waitFor();
  const quoted = mail.getByText('Send us a picture');
  assert.equal(await quoted.isVisible(), false);
  await mail.getByText(english.mail.showQuoted).click();
  await quoted.waitFor();
});

test('its design is shown where nothing runs, with its own pictures, and others when asked', async () => {
  await page.getByTestId('mail-designed').click();
  const frame = page.frameLocator('[data-testid="mail-frame"]');
  await frame.getByAltText('inside').waitFor();
  await frame.locator('img[alt="inside"][src^="http"]').waitFor();
  assert.equal(await frame.locator('script').count(), 0);
  assert.equal(
    await page.getByTestId('mail-frame').getAttribute('sandbox'),
    'allow-same-origin allow-popups allow-popups-to-escape-sandbox',
  );
  assert.deepEqual(
    asked.filter((url) => url.includes('spy.example')),
    [],
  );
  await page.getByText(english.mail.showPictures).click();
  await frame.locator('img[alt="spy"][src="https://spy.example/p.gif"]').waitFor();
});

test('the frame is as high as the mail', async () => {
  await page.waitForFunction(`(() => {
    const frame = document.querySelector('[data-testid="mail-frame"]');
    const words = frame.contentDocument.querySelector('p').getBoundingClientRect();
    return frame.clientHeight >= words.bottom && frame.clientHeight < words.bottom + 40;
  })()`);
});

test('a script that cleaning had missed would not run', async () => {
  const script = `parent.document.title='owned'`;
  const body = `<p>seen</p><img src="https://spy.example/x" onerror="${script}"><script>${script}</script>`;
  await page.route(/\/body\.html/, (route) => route.fulfill({ body, headers: { 'access-control-allow-origin': '*' } }));
  await page.reload();
  await page.getByTestId('mail-designed').click();
  await page.frameLocator('[data-testid="mail-frame"]').getByText('seen').waitFor();
  // it gets its height when all of it is loaded
  await page.locator('[data-testid="mail-frame"][style]').waitFor();
  assert.doesNotMatch(await page.title(), /owned/);
});

test('an answer has a subject of its own, or the one of what it answers', async () => {
  await page.getByTestId('composer-input').fill('Thank you');
  await page.getByTestId('composer-send').click();
  await bubble(page, 'Thank you', 'SENT').waitFor();
  await page.getByTestId('subject').fill('Another matter');
  await page.getByTestId('composer-input').fill('By the way');
  await page.getByTestId('composer-send').click();
  await bubble(page, 'By the way', 'SENT').waitFor();
  assert.equal(await page.getByTestId('subject').inputValue(), '');
  const subjects = (await mailbox(cloud, account, phone)).map(({ mail }) => mail.subject);
  assert.deepEqual(subjects, ['Re: صورة الطلب', 'Another matter']);
});

test('in Arabic it is said in Arabic, and the page is in order', async () => {
  await page.locator('[data-language="ar"]').click();
  await page.getByPlaceholder(arabic.mail.subjectPlaceholder).waitFor();
  // the sandbox tells of what steers the browser from outside, and the picture from elsewhere is not there
  const expected = /^Blocked script execution in 'about:srcdoc'|Failed to load resource|spy\.example/;
  assert.deepEqual(
    troubles.filter((trouble) => !expected.test(trouble)),
    [],
  );
});
