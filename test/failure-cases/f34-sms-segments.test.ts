import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, ask, testCloud } from '../support/cloud.ts';
import type { Answer, Organization, Row } from '../support/cloud.ts';
import { addPhone, thread } from '../support/phones.ts';
import { sendText } from '../support/sends.ts';
import { askedFor, arrived, detailOf } from '../support/sms.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const account = accountOf(nile, 'sms');
let last = 201_000_340_000;

/** [what, text, language as VictoryLink is told it, units in each part] */
const texts: [what: string, text: string, language: 'E' | 'A', parts: number[]][] = [
  ['160 signs of GSM-7 are one', 'a'.repeat(160), 'E', [160]],
  ['161 are two, of 153 at most', 'a'.repeat(161), 'E', [153, 8]],
  ['€ ^ { } [ ] ~ | and \\ count two', `${'a'.repeat(142)}€^{}[]~|\\`, 'E', [151]],
  ['one more of them makes two parts', `${'a'.repeat(143)}€^{}[]~|\\`, 'E', [148, 4]],
  ['160 signs and a € are two', `${'a'.repeat(160)}€`, 'E', [153, 8]],
  ['an escaped sign is not cut in two', `${'a'.repeat(152)}€${'a'.repeat(152)}€`, 'E', [152, 152, 2]],
  ['70 units of UCS-2 are one', 'م'.repeat(70), 'A', [70]],
  ['71 are two, of 67 at most', 'م'.repeat(71), 'A', [67, 4]],
  ['one emoji makes all of it UCS-2', `${'a'.repeat(69)}👍`, 'A', [67, 4]],
  ['an emoji is not cut in two', `${'م'.repeat(66)}😀${'م'.repeat(66)}`, 'A', [66, 67, 1]],
  ['1600 signs of GSM-7 are 11', 'a'.repeat(1600), 'E', [...Array.from({ length: 10 }, () => 153), 70]],
  ['1600 units of UCS-2 are 24', 'م'.repeat(1600), 'A', [...Array.from({ length: 23 }, () => 67), 59]],
];

suite('F34: in how many parts an SMS travels', () => {
  after(() => cloud.close());

  for (const [what, text, language, parts] of texts) {
    test(what, async () => {
      const phone = await newPhone();
      const row = await arrived(
        cloud,
        nile,
        await sendText(cloud, nile, { channel: 'sms', to: phone.address, message: text }),
      );
      const [asked] = await askedFor(cloud, phone.address);
      assert.deepEqual([asked?.body['SMSText'], asked?.body['SMSLang']], [text, language]);
      assert.deepEqual(await partsOn(phone), parts);
      const alphabet = language === 'E' ? 'GSM-7' : 'UCS-2';
      assert.equal(detailOf(row), `${parts.length} ${parts.length === 1 ? 'segment' : 'segments'}, ${alphabet}`);
      assert.deepEqual(await counted({ message: text }), [parts.length, alphabet]);
    });
  }

  test('more than 1600 are refused before anybody is asked, in either alphabet', async () => {
    const { address } = await newPhone();
    for (const message of ['x'.repeat(1601), 'م'.repeat(1601), `${'x'.repeat(1599)}👍`]) {
      const refused = await send({ to: address, message });
      assert.equal(refused.status, 422);
      assert.match(String(refused.body['error']), /message has 1601 characters .* limit is 1600/);
    }
    assert.deepEqual(await askedFor(cloud, address), []);
  });

  test('links are shortened before anything is counted', async () => {
    const phone = await newPhone();
    const link = `https://shop.example/offers/${'spring/'.repeat(230)}`;
    const request = { to: phone.address, message: `Look: ${link}`, shorten_links: true };
    assert.equal((await send({ ...request, shorten_links: false })).status, 422);
    assert.deepEqual(await counted(request), [1, 'GSM-7']);
    const row = await arrived(cloud, nile, await sendText(cloud, nile, { channel: 'sms', ...request }));
    assert.match(String(row['message']), /^Look: \S+\/l\/\w+$/);
    assert.deepEqual(await partsOn(phone), [String(row['message']).length]);
    assert.equal(detailOf(row), '1 segment, GSM-7');
  });

  test('what may only be GSM-7 and is not is refused at once, with the sign that is too much', async () => {
    const { address } = await newPhone();
    const request = { to: address, message: 'Your order is ready 🎉', options: { encoding: 'gsm' } };
    const refused = await send(request);
    assert.deepEqual([refused.status, refused.body['code']], [422, 'not_gsm']);
    assert.match(String(refused.body['message']), /🎉/);
    await sendText(cloud, nile, { channel: 'sms', ...request, message: 'Your order is “ready”' });
  });
});

function newPhone() {
  last += 1;
  return addPhone(cloud, 'sms', `+${last}`);
}

function send(request: object): Promise<Answer> {
  return ask(cloud, nile, '/functions/v1/sms-send', request);
}

/** What a preview says of it. */
async function counted(request: object): Promise<unknown[]> {
  const { to: phone_number, ...rest } = request as { to?: string };
  const body = { channels: ['sms'], ...rest, ...(phone_number === undefined ? {} : { phone_number }) };
  const answer = await ask(cloud, nile, '/rest/v1/rpc/preview_message', body);
  const [sms] = (Array.isArray(answer.body) ? answer.body : []) as Row[];
  assert.ok(sms, JSON.stringify(answer.body));
  return [sms['segments'], sms['encoding']];
}

async function partsOn(phone: Awaited<ReturnType<typeof newPhone>>): Promise<number[]> {
  const [shown] = (await thread(cloud, account, phone)) as unknown as { sms: { segments: string[] } }[];
  return shown?.sms.segments.map(({ length }) => length) ?? [];
}
