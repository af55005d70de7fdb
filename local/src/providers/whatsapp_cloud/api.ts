import type { WhatsappCloudAccount } from '../account.ts';
import type { Fault } from '../faults.ts';
import { bearer, json, partsOf, type Answer, type Call } from '../http.ts';
import { isRecord, parseJson, type Json } from '../json.ts';
import type { Outcome } from '../provider.ts';
import type { World } from '../world.ts';
import { graphError, noSuchObject } from './errors.ts';
import { describe, download, remove, upload, visibleMedia } from './media-api.ts';
import { markRead, send } from './send.ts';
import { templates } from './templates.ts';

type Cloud = World<WhatsappCloudAccount>;

interface Asked {
  cloud: Cloud;
  call: Call;
  token: string;
  id: string;
  edge: string;
}

/** `/{version}/{object}/{edge?}` of the Graph API. */
export async function callGraph(cloud: Cloud, call: Call, fault: Fault | undefined): Promise<Outcome> {
  const [version = '', id = '', edge = ''] = partsOf(call.path);
  if (version === 'lookaside') return { answer: download(cloud, call) };
  const token = bearer(call) ?? call.query.get('access_token');
  if (!token) return { answer: graphError({ code: 104 }) };
  if (![...cloud.accounts.values()].some(({ access_token }) => access_token === token))
    return { answer: graphError({ code: 190 }) };
  if (!/^v\d+\.\d+$/.test(version)) return { answer: unknownPath(call) };
  return onObject({ cloud, call, token, id, edge }, fault);
}

async function onObject(asked: Asked, fault: Fault | undefined): Promise<Outcome> {
  const { cloud, call, token, id, edge } = asked;
  const account = cloud.accounts.get(id);
  if (account?.access_token === token) return onNumber(asked, account, fault);
  const ofWaba = [...cloud.accounts.values()].filter((one) => one.waba_id === id && one.access_token === token);
  if (ofWaba.length > 0) return { answer: onBusiness(asked, ofWaba) };
  const media = visibleMedia(cloud, id, token, call.query.get('phone_number_id'));
  if (edge === '' && call.method === 'GET' && media) return { answer: describe(cloud, media, call) };
  if (edge === '' && call.method === 'DELETE') return { answer: remove(cloud, media, id) };
  return { answer: graphError(noSuchObject(id, call.method === 'POST' ? 'post' : 'get')) };
}

async function onNumber(
  { cloud, call, edge }: Asked,
  account: WhatsappCloudAccount,
  fault: Fault | undefined,
): Promise<Outcome> {
  switch (`${call.method} ${edge}`) {
    case 'POST messages':
      return onMessages(cloud, account, call, fault);
    case 'POST media':
      return { answer: await upload(cloud, account, call) };
    case 'POST register':
      return { answer: register(call) };
    case 'GET ':
      return { answer: json(200, fieldsOf(numberOf(account), call)) };
    default:
      return { answer: unknownPath(call) };
  }
}

function onMessages(cloud: Cloud, account: WhatsappCloudAccount, call: Call, fault: Fault | undefined): Outcome {
  const message = parseJson(call.body.toString('utf8'));
  if (!isRecord(message)) return { answer: graphError({ code: 100, details: 'The body must be a JSON object' }) };
  const isRead = message['status'] !== undefined;
  return isRead ? { answer: markRead(cloud, account, message) } : send(cloud, account, message, call.base, fault);
}

function register(call: Call): Answer {
  const body = parseJson(call.body.toString('utf8'));
  const pin = isRecord(body) ? body['pin'] : undefined;
  return typeof pin === 'string' && /^\d{6}$/.test(pin)
    ? json(200, { success: true })
    : graphError({ code: 100, details: 'pin must be 6 digits' });
}

function onBusiness({ call, edge, id }: Asked, accounts: readonly WhatsappCloudAccount[]): Answer {
  switch (`${call.method} ${edge}`) {
    case 'GET message_templates':
      return listTemplates(call);
    case 'GET phone_numbers':
      return json(200, { data: accounts.map(numberOf) });
    case 'POST subscribed_apps':
      return json(200, { success: true });
    case 'GET subscribed_apps':
      return json(200, { data: accounts.map(({ app_id }) => ({ whatsapp_business_api_data: { id: app_id } })) });
    case 'GET ':
      return json(200, { id });
    default:
      return unknownPath(call);
  }
}

function listTemplates(call: Call): Answer {
  const wanted = templates.filter(
    (template) =>
      (call.query.get('name') ?? template.name) === template.name &&
      (call.query.get('status') ?? template.status) === template.status,
  );
  const cursors = { before: 'MAZDZD', after: 'MjQZD' };
  return json(200, { data: wanted.map((template) => fieldsOf({ ...template }, call)), paging: { cursors } });
}

function numberOf(account: WhatsappCloudAccount): Json {
  return {
    verified_name: account.name,
    code_verification_status: 'VERIFIED',
    display_phone_number: account.display_phone_number,
    quality_rating: 'GREEN',
    platform_type: 'CLOUD_API',
    throughput: { level: 'STANDARD' },
    whatsapp_business_manager_messaging_limit: 'TIER_250',
    webhook_configuration: { application: account.webhook_url },
    id: account.phone_number_id,
  };
}

/** The fields asked for, and the id. */
function fieldsOf(record: Json, call: Call): Json {
  const fields = call.query.get('fields')?.split(',');
  return fields
    ? Object.fromEntries(Object.entries(record).filter(([key]) => key === 'id' || fields.includes(key)))
    : record;
}

function unknownPath(call: Call): Answer {
  return graphError({ code: 2500, message: `Unknown path components: ${call.path}` });
}
