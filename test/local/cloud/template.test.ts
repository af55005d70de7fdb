import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import test from 'node:test';
import { accountOf, ask, eventually } from '../../support/cloud.ts';
import type { Answer, Organization } from '../../support/cloud.ts';
import { customer } from '../../support/phones.ts';
import { run, startProduct, temporaryFolder, type Product } from './product-process.ts';

const root = resolve(import.meta.dirname, '../../..');

type Resources = Record<string, { Type: string; Properties: Record<string, unknown> }>;

test('a type of resource that does not run on one machine ends the start, by name', async () => {
  const output = await refusal((resources) => {
    resources['Flow'] = { Type: 'AWS::StepFunctions::StateMachine', Properties: {} };
  });
  assert.match(output, /Flow \(AWS::StepFunctions::StateMachine\): this type of resource does not run on one machine/);
});

test('a reference to nothing ends the start, by name', async () => {
  const output = await refusal((resources) => {
    const [, { Properties }] = ofType(resources, 'AWS::Lambda::EventInvokeConfig');
    Properties['FunctionName'] = { Ref: 'Nobody' };
  });
  assert.match(output, /\w+ \(AWS::Lambda::EventInvokeConfig\): Nothing in the template is named Nobody/);
});

test('an attribute that a resource does not have ends the start, by name', async () => {
  const output = await refusal((resources) => {
    const [table] = ofType(resources, 'AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table');
    const [, { Properties }] = ofType(resources, 'AWS::Lambda::Function');
    Properties['Environment'] = { Variables: { TABLE_NAME: { 'Fn::GetAtt': [table, 'Colour'] } } };
  });
  assert.match(output, /\w+ \(AWS::Lambda::Function\): \w+ \(AWS::DynamoDB::\w+\) has no attribute Colour/);
});

test('what cannot be made ends the start with what the maker said', async () => {
  const copy = copyOfProduct(() => {});
  writeFileSync(
    join(copy, 'build.ts'),
    `export const build = () => Promise.reject(new Error('no such module: roof'));`,
  );
  assert.match(await output(copy), /no such module: roof/);
});

test('an event of the scheduler that fails is tried as often as the template says, then kept', async () => {
  const copy = copyOfProduct((resources) => {
    const [, { Properties: config }] = ofType(resources, 'AWS::Lambda::EventInvokeConfig');
    config['MaximumRetryAttempts'] = 0;
    const { Ref: scheduler } = config['FunctionName'] as { Ref: string };
    const settings = resources[scheduler]?.Properties['Environment'] as { Variables: Record<string, string> };
    settings.Variables['TABLE_NAME'] = 'no-such-table';
  });
  const data = temporaryFolder();
  const product = await startProduct(data, [], copy);
  const nile = product.access.organizations[0];
  await customer(product, accountOf(nile, 'whatsapp_lite'), '+201556000001');
  const { status, body } = await sendSoon(product, nile, { to: '+201556000001', message: 'Later' });
  assert.equal(status, 200);
  const record = await eventually('the record of the failure', () => failureRecord(data));
  await product.stop();
  assert.equal(record.requestContext.condition, 'RetriesExhausted');
  assert.equal(record.requestContext.approximateInvokeCount, 1);
  assert.equal(record.requestPayload.messageId, (body['message'] as { id: string }).id);
});

/** In a second; on a machine on which that is over before it is asked, in a few. */
async function sendSoon(product: Product, organization: Organization | undefined, message: object): Promise<Answer> {
  const send = (ahead: number) => {
    const scheduled_at = new Date(Date.now() + ahead).toISOString();
    return ask(product, organization, '/functions/v1/whatsapp-lite-send', { ...message, scheduled_at });
  };
  const answer = await send(1000);
  return answer.status === 200 ? answer : send(15_000);
}

interface FailureRecord {
  requestContext: { condition: string; approximateInvokeCount: number };
  requestPayload: { messageId: string };
}

function failureRecord(data: string): FailureRecord | undefined {
  const database = new DatabaseSync(join(data, 'queues-and-buckets/fauxqs.db'), { readOnly: true });
  const kept = database.prepare("SELECT body FROM sqs_messages WHERE queue_name LIKE '%Failures%'").get();
  database.close();
  return kept && (JSON.parse(String(kept['body'])) as FailureRecord);
}

/** What a start on this changed template says before it ends. */
async function refusal(change: (resources: Resources) => void): Promise<string> {
  return output(copyOfProduct(change));
}

async function output(copy: string): Promise<string> {
  const data = temporaryFolder();
  const { code, output } = await run(['--data', data, '--port', '0', '--no-open'], copy).ended;
  assert.equal(code, 1);
  assert.match(output, /^Parley could not start/);
  assert.doesNotMatch(output, /file:\/\/.*local\/src/);
  assert.equal(existsSync(join(data, 'access.json')), false);
  return output;
}

/** The local cloud beside a synthesized stack of its own; what was made is newer than everything it is made from. */
function copyOfProduct(change: (resources: Resources) => void): string {
  const copy = temporaryFolder();
  for (const part of ['local/src', 'local/package.json', 'inbox/dist'])
    cpSync(join(root, part), join(copy, part), { recursive: true });
  for (const part of ['dist', 'cdk.out']) mkdirSync(join(copy, part));
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  for (const entry of readdirSync(join(root, 'cdk.out')).filter((name) => name.startsWith('asset.')))
    symlinkSync(join(root, 'cdk.out', entry), join(copy, 'cdk.out', entry));
  for (const file of ['manifest.json', 'Parley.assets.json', 'Parley.template.json'])
    cpSync(join(root, 'cdk.out', file), join(copy, 'cdk.out', file));
  const file = join(copy, 'cdk.out/Parley.template.json');
  const template = JSON.parse(readFileSync(file, 'utf8')) as { Resources: Resources };
  change(template.Resources);
  writeFileSync(file, JSON.stringify(template));
  writeFileSync(join(copy, 'dist/made'), '');
  return copy;
}

function ofType(resources: Resources, ...types: string[]): [string, Resources[string]] {
  const found = Object.entries(resources).find(([, { Type }]) => types.includes(Type));
  assert.ok(found, `no ${types.join(' or ')}`);
  return found;
}
