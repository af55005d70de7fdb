import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { synthesized } from '@parley/local/product.ts';
import { startServices } from '@parley/local/services.ts';
import { readTemplate } from '@parley/local/template/read-template.ts';
import { resolve } from '@parley/local/template/resolve.ts';
import { ZipWriter } from '@zip.js/zip.js';
import type { Measured, ReaderData } from './import-list-reader.ts';

/**
 * A workbook of many rows, read by the product's own reader in a thread of its own: how long it takes, and what heap it has after each step.
 * `node bench/import-list.ts --rows 1000000`
 */

const { values } = parseArgs({ options: { rows: { type: 'string', default: '1000000' } } });
const rows = Number(values.rows);
const ORGANIZATION = 'org_bench';
const UPLOAD = 'upl_00000000-0000-4000-8000-000000000000';
const COLUMNS = ['A', 'B', 'C', 'D'];

const folder = mkdtempSync(join(tmpdir(), 'parley-list-'));
const file = join(folder, 'list.xlsx');
await writeWorkbook();
console.log(`${rows} rows, ${(statSync(file).size / 1024 / 1024).toFixed(0)} MB`);
const nowhere = { queues: '', httpApi: '', webSocketApi: '', webSocketManagement: '', userPools: '' };
const plan = resolve(readTemplate(synthesized), nowhere);
const services = await startServices(folder, plan);
const env = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_ENDPOINT_URL_DYNAMODB: services.dynamoDb.url,
  AWS_ENDPOINT_URL_S3: services.queues.url,
  TABLE_NAME: plan.tables[0]?.name ?? '',
  MEDIA_BUCKET: plan.buckets[0]?.name ?? '',
};
await bring();
report(await read());
await services.close();
rmSync(folder, { recursive: true, force: true });

/** As Excel writes it: texts are shared, and numbers are bare. Every fifth number is written as people write it at home. */
async function writeWorkbook(): Promise<void> {
  const writer = new ZipWriter(Writable.toWeb(createWriteStream(file)) as WritableStream<Uint8Array>);
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  const types = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const relation = (id: string, kind: string, target: string) =>
    `<Relationship Id="${id}" Type="${types}/${kind}" Target="${target}"/>`;
  const parts: Record<string, Iterable<string>> = {
    'xl/workbook.xml': [
      `<workbook ${main} xmlns:r="${types}"><sheets><sheet name="List" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ],
    'xl/_rels/workbook.xml.rels': [
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">',
      relation('rId1', 'worksheet', 'worksheets/sheet1.xml'),
      relation('rId2', 'sharedStrings', 'sharedStrings.xml'),
      '</Relationships>',
    ],
    'xl/sharedStrings.xml': sharedStrings(main),
    'xl/worksheets/sheet1.xml': sheet(main),
  };
  for (const [name, content] of Object.entries(parts))
    await writer.add(name, Readable.toWeb(Readable.from(asBytes(content))) as ReadableStream<Uint8Array>);
  await writer.close();
}

function* sharedStrings(main: string): Generator<string> {
  const header = ['Mobile', 'Name', 'City', 'Order'].map((text) => `<si><t>${text}</t></si>`);
  yield `<sst ${main}>${header.join('')}<si><t>القاهرة</t></si><si><t>Alexandria</t></si>`;
  for (let row = 0; row < rows; row += 1) yield `<si><t>عميل رقم ${row}</t></si>`;
  yield '</sst>';
}

function* sheet(main: string): Generator<string> {
  const header = COLUMNS.map((column, index) => `<c r="${column}1" t="s"><v>${index}</v></c>`);
  yield `<worksheet ${main}><sheetData><row r="1">${header.join('')}</row>`;
  for (let row = 0; row < rows; row += 1) {
    const [at, number] = [row + 2, 1_000_000_001 + row];
    const mobile = row % 5 === 0 ? number : 200_000_000_000 + number;
    yield (
      `<row r="${at}"><c r="A${at}"><v>${mobile}</v></c><c r="B${at}" t="s"><v>${row + 6}</v></c>` +
        `<c r="C${at}" t="s"><v>${4 + (row % 2)}</v></c><c r="D${at}"><v>${row * 7}</v></c></row>`
    );
  }
  yield '</sheetData></worksheet>';
}

function* asBytes(texts: Iterable<string>): Generator<Buffer> {
  let waiting = '';
  for (const text of texts) {
    waiting += text;
    if (waiting.length < 65_536) continue;
    yield Buffer.from(waiting);
    waiting = '';
  }
  yield Buffer.from(waiting);
}

async function bring(): Promise<void> {
  const s3 = new S3Client({
    endpoint: services.queues.url,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  await s3.send(
    new PutObjectCommand({
      Bucket: env.MEDIA_BUCKET,
      Key: `uploads/${ORGANIZATION}/${UPLOAD}`,
      Body: createReadStream(file),
      ContentLength: statSync(file).size,
      Metadata: { filename: 'list.xlsx' },
    }),
  );
  s3.destroy();
}

function read(): Promise<Measured[]> {
  const workerData: ReaderData = { organization: ORGANIZATION, upload: UPLOAD };
  const worker = new Worker(new URL('import-list-reader.ts', import.meta.url), { env, workerData });
  return new Promise((done, failed) => worker.once('message', done).once('error', failed));
}

function report(steps: Measured[]): void {
  const last = steps.at(-1);
  if (last?.recipients !== rows) throw new Error(`${last?.recipients} of ${rows} rows were read`);
  console.table(steps.filter((_, index) => index % 4 === 0 || index > steps.length - 3));
  console.log(`read in ${last.seconds} s; heap at most ${Math.max(...steps.map(({ mostHeapMb }) => mostHeapMb))} MB`);
}
