import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, suite, test } from 'node:test';
import { isOver, messagesOf, tell, uploadCsv, whenBroadcast } from '../support/broadcasts.ts';
import { accountOf, ask, eventually, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { bytesAt, createUpload, expireUpload, mediaOf, putFile } from '../support/media.ts';
import type { Upload } from '../support/media.ts';
import { customer } from '../support/phones.ts';
import { conversationWith } from '../support/conversations.ts';
import { later } from '../support/later.ts';
import { seriesOf, thisSecond } from '../support/series.ts';

const cloud = await testCloud();
const [nile, gulf] = cloud.access.organizations as [Organization, Organization];
const lite = accountOf(nile, 'whatsapp_lite');
const pdf = Buffer.from('%PDF-1.4\n% the offer\n');
const numbers = ['+201006100001', '+201006100002', '+201006100003'];

suite('files of messages that are many, or that come much later', () => {
  after(() => cloud.close());

  test('everybody on a list gets the file, one copy of it, though the upload is long gone', async () => {
    const upload = await brought(nile, pdf);
    const made = await create({ message: 'The offer for {{name}}', upload_id: upload.upload_id });
    await expireUpload(upload);
    const row = await whenBroadcast(cloud, nile, made, 'READY');
    assert.equal((row['content'] as Row)['upload_id'], upload.upload_id);
    const { samples } = (await tell(cloud, nile, 'preview', made)) as { samples: { preview: Row }[] } & Row;
    assert.equal(samples[0]?.preview['problem'], null);
    await tell(cloud, nile, 'start', made);
    await whenBroadcast(cloud, nile, made, isOver);
    const messages = await messagesOf(cloud, nile, made);
    assert.deepEqual(
      messages.map(({ status, type }) => [status, type]),
      numbers.map(() => ['DELIVERED', 'document']),
    );
    const places = new Set(messages.map((message) => new URL(String(mediaOf(message).url)).pathname));
    assert.equal(places.size, 1);
    const [first] = messages as [Row];
    assert.deepEqual((await bytesAt(mediaOf(first).url)).bytes, pdf);
    const { filename, mime, size, sha256 } = mediaOf(first);
    const hash = createHash('sha256').update(pdf).digest('hex');
    assert.deepEqual([filename, mime, size, sha256], ['offer.pdf', 'application/pdf', pdf.length, hash]);
  });

  test('content that is changed keeps the file it has, or gets another', async () => {
    const upload = await brought(nile, pdf);
    const made = await create({ message: 'One', upload_id: upload.upload_id });
    await whenBroadcast(cloud, nile, made, 'READY');
    await expireUpload(upload);
    const change = (content: object) =>
      ask(cloud, nile, `/rest/v1/broadcasts?id=eq.${made.id}`, { content }, { method: 'PATCH' });
    assert.equal((await change({ message: 'Two', upload_id: upload.upload_id })).status, 204);
    const next = await brought(nile, Buffer.from('%PDF-1.4\n% another\n'));
    assert.equal((await change({ message: 'Three', upload_id: next.upload_id })).status, 204);
    assert.equal((await change({ message: 'Four', upload_id: upload.upload_id })).status, 404);
  });

  test('what is not there, is of another organization, or does not fit the channel is refused when the broadcast is made', async () => {
    const foreign = await brought(gulf, pdf);
    const own = await brought(nile, pdf);
    for (const [content, channel, status] of [
      [{ message: 'x', upload_id: 'upl_none' }, 'whatsapp_lite', 404],
      [{ message: 'x', upload_id: foreign.upload_id }, 'whatsapp_lite', 404],
      [{ message: 'x', upload_id: own.upload_id }, 'tiktok', 422],
    ] as const) {
      const { id } = accountOf(nile, channel);
      const body = { channel, channel_account_id: id, content };
      const answer = await ask(cloud, nile, '/rest/v1/broadcasts', body);
      assert.deepEqual(
        [answer.status, answer.body['details']],
        [status, 'content.upload_id'],
        JSON.stringify(answer.body),
      );
    }
  });

  test('a series sends its file each time, though the upload is long gone', async () => {
    const telegram = accountOf(nile, 'telegram');
    const phone = await customer(cloud, telegram, '758000771');
    const series = seriesOf(cloud, nile);
    const upload = await brought(nile, pdf);
    const begun = await series.begin({
      to: phone.address,
      message: 'The news',
      upload_id: upload.upload_id,
      scheduled_at: later(),
      timezone: 'UTC',
      recurrence: 'FREQ=DAILY;COUNT=3',
    });
    await expireUpload(upload);
    const edited = await series.act('edit_series', { series_id: begun.id, message: 'The latest news' });
    assert.equal(edited.status, 200, JSON.stringify(edited.body));
    await cloud.drain();
    await series.rewind(begun, thisSecond());
    await series.fire(begun);
    const { id: conversation_id } = await conversationWith(cloud, nile, phone, telegram);
    const sent = await eventually('it was sent', async () => {
      const [message] = await series.messages({ ...begun, conversation_id });
      return message?.['status'] === 'SENT' && message;
    });
    assert.deepEqual([sent['message'], sent['type']], ['The latest news', 'document']);
    assert.deepEqual((await bytesAt(mediaOf(sent).url)).bytes, pdf);
  });
});

async function brought(organization: Organization, bytes: Buffer): Promise<Upload> {
  const file = { filename: 'offer.pdf', mime: 'application/pdf', size: bytes.length };
  const upload = (await createUpload(cloud, organization, file)).body as unknown as Upload;
  const put = await putFile(upload, bytes);
  assert.equal(put.status, 200);
  return upload;
}

async function create(content: object): Promise<Row> {
  const upload_id = await uploadCsv(cloud, nile, `to,name\n${numbers.map((to) => `${to},Mona`).join('\n')}\n`);
  const audience = { kind: 'file', upload_id };
  const body = { channel: 'whatsapp_lite', channel_account_id: lite.id, content, audience };
  const answer = await ask(cloud, nile, '/rest/v1/broadcasts', body);
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer.body;
}
