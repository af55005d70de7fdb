import assert from 'node:assert/strict';
import test from 'node:test';
import { arabic } from '../../inbox/src/i18n/ar.ts';
import { english } from '../../inbox/src/i18n/en.ts';
import { bubble, listed, openPage, signIn, testBrowser, openListed } from '../support/browser.ts';
import { accountOf, testCloud } from '../support/cloud.ts';
import type { Organization } from '../support/cloud.ts';
import { customer, thread } from '../support/phones.ts';
import { sharp } from '../support/wasm-sharp.ts';

const [browser, cloud] = await Promise.all([testBrowser(), testCloud()]);
const nile = cloud.access.organizations[0] as Organization;
const account = accountOf(nile, 'whatsapp_cloud');
const phone = await customer(cloud, account, '+201550006001');
const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 800 } });
const { page, troubles } = await openPage(context, cloud.access.url);
await signIn(page, 'mona@nile.example');
await openListed(page, listed(page, 'whatsapp_cloud').filter({ hasText: 'Hello' }).first());
const picture = await sharp({ create: { width: 800, height: 600, channels: 3, background: 'crimson' } })
  .webp()
  .toBuffer();
const tray = page.getByTestId('attachment');

test('a picture is attached, seen before it goes, and arrives as what the channel takes', async () => {
  await page.getByTestId('composer-file').setInputFiles({ name: 'red.webp', mimeType: 'image/webp', buffer: picture });
  await tray.and(page.locator('[data-phase="ready"]')).waitFor();
  await tray.locator('img').waitFor();
  await page.getByTestId('composer-input').fill('The new colour');
  await page.getByTestId('composer-send').click();
  const sent = bubble(page, 'The new colour', 'DELIVERED').and(page.locator('[data-type="image"]'));
  await sent.waitFor();
  assert.equal(await tray.count(), 0);
  assert.equal(await page.getByTestId('composer-input').inputValue(), '');
  await sent.locator('img[src*=".thumbnail.jpg"]').waitFor();
  const width = `(async () => { const img = document.querySelector('img[src*=".thumbnail.jpg"]'); await img.decode(); return img.naturalWidth; })()`;
  assert.equal(await page.evaluate(width), 320);
  const shown = (await thread(cloud, account, phone)).at(-1) as unknown as {
    text: string;
    body: { type: string; mime?: string };
  };
  assert.deepEqual([shown.text, shown.body.type], ['The new colour', 'image']);
});

test('files are dropped and pasted, and can be taken away again', async () => {
  for (const type of ['drop', 'paste']) await give(type, { name: `${type}.txt`, type: 'text/plain', text: 'hello' });
  await page.locator('[data-phase="ready"]').nth(1).waitFor();
  await page.getByRole('button', { name: english.removeFile('paste.txt') }).click();
  assert.equal(await tray.count(), 1);
  await page.getByTestId('composer-send').click();
  await page.locator('[data-type="document"][data-status="DELIVERED"]').filter({ hasText: 'drop.txt' }).waitFor();
  assert.equal(await tray.count(), 0);
});

test('what the channel does not take stays, with the reason in words', async () => {
  const file = {
    name: 'tool.exe',
    mimeType: 'application/x-msdownload',
    buffer: Buffer.from('MZ\x90\0\x03\0', 'latin1'),
  };
  await page.getByTestId('composer-file').setInputFiles(file);
  await tray.and(page.locator('[data-phase="ready"]')).waitFor();
  await page.getByTestId('composer-send').click();
  await tray.and(page.locator('[data-phase="failed"]')).getByText('WhatsApp Cloud does not take').waitFor();
  await page.getByTestId('attachment-remove').click();
});

test('a file that is empty is not begun, and in Arabic it is said in Arabic', async () => {
  await page.locator('[data-language="ar"]').click();
  await page.locator('html[dir="rtl"]').waitFor();
  await page
    .getByTestId('composer-file')
    .setInputFiles({ name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) });
  await tray.getByText(arabic.fileEmpty).waitFor();
  assert.equal(await page.getByTestId('composer-send').isDisabled(), true);
  await page.getByRole('button', { name: arabic.removeFile('empty.txt') }).click();
  await page.getByRole('button', { name: arabic.attachFile }).waitFor();
});

test('no page ran into an error meanwhile', () => {
  // the browser itself writes down the answer 422
  assert.deepEqual(
    troubles.filter((trouble) => !trouble.includes('422')),
    [],
  );
});

/** The browser's own events can't be made from outside with files in them: they are made inside. */
async function give(type: string, file: { name: string; type: string; text: string }): Promise<void> {
  await page.evaluate(`(() => {
    const { name, type, text } = ${JSON.stringify(file)};
    const data = new DataTransfer();
    data.items.add(new File([text], name, { type }));
    const box = document.querySelector('[data-testid="composer-input"]');
    box.dispatchEvent(${
      type === 'drop'
        ? `new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })`
        : `new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })`
    });
  })()`);
}
