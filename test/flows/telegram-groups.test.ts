import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, control, testCloud, someRows } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { thread, requestsWith } from '../support/phones.ts';
import type { Phone } from '../support/phones.ts';
import { sendText, whenMessage } from '../support/sends.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const bot = accountOf(nile, 'telegram');
/** Twenty a minute are one each three seconds. */
const EACH_MS = 3000;
const texts = Array.from({ length: 5 }, (_, index) => `News ${index}`);

suite('Telegram takes 20 messages a minute into one group', () => {
  after(() => cloud.close());

  test('what is sent into one group at once arrives evenly, in its order, and none was refused; a person’s chat waits for none', async () => {
    const group = (await control(cloud, 'telegram/phones', 'POST', { name: 'Team (Sara)', address: '-4200' })) as Phone;
    await act(group, 'Hello');
    const [hello] = await someRows(cloud, nile, 'messages?author=eq.Sara');
    const conversation_id = hello?.['conversation_id'];
    const sent: Row[] = [];
    const began = Date.now();
    for (const message of texts)
      sent.push(await sendText(cloud, nile, { channel: 'telegram', message, conversation_id, to: group.address }));
    const phone = (await control(cloud, 'telegram/phones', 'POST', { name: 'Mona', address: '764000001' })) as Phone;
    await act(phone, 'Hello');
    const answer = await sendText(cloud, nile, { channel: 'telegram', to: phone.address, message: 'You, now' });
    await whenMessage(cloud, nile, answer, 'SENT');
    await chatter(group, async () => (await requestsWith(cloud, 'telegram', 'News')).length < texts.length);
    for (const row of sent) await whenMessage(cloud, nile, row, 'SENT');
    const requests = await requestsWith(cloud, 'telegram', 'News');
    assert.deepEqual(
      requests.map(({ status }) => status),
      texts.map(() => 200),
    );
    const shown = (await thread(cloud, bot, group)).filter(({ from }) => from === 'business');
    assert.deepEqual(
      shown.map(({ text }) => text),
      texts,
    );
    const times = requests.map(({ at }) => Date.parse(at));
    const took = Math.max(...times) - began;
    assert.ok(took >= (texts.length - 1) * EACH_MS, `${took} ms`);
  });
});

/** Members go on writing among themselves, so that the last message of ours is not among the last of the group. */
async function chatter(group: Phone, goesOn: () => Promise<boolean>): Promise<void> {
  while (await goesOn()) {
    await act(group, 'And what do you think?');
    await new Promise((done) => void setTimeout(done, 700));
  }
}

function act({ id }: Phone, text: string): Promise<unknown> {
  return control(cloud, `telegram/phones/${id}/messages`, 'POST', { account: bot.external_id, text });
}
