import type { WhatsappCloudAccount } from '../account.ts';
import type { Deliver } from '../deliveries.ts';
import { json, type Answer, type Call } from '../http.ts';
import { isRecord, parseJson, type Json } from '../../json.ts';
import { verifyCallback } from '../meta/verify-callback.ts';
import { isHttpUrl } from '../media.ts';
import type { Cloud } from './cloud.ts';
import { graphError, unknownPath } from './errors.ts';
import { fieldsOf, numberOf } from './number-api.ts';
import { createTemplate, removeTemplate } from './template-api.ts';

interface Asked {
  cloud: Cloud;
  call: Call;
  /** of the business account */
  id: string;
  edge: string;
  deliver: Deliver;
}

/** `/{whatsapp_business_account_id}/{edge?}` */
export async function onBusiness(asked: Asked, accounts: readonly WhatsappCloudAccount[]): Promise<Answer> {
  const { cloud, call, edge, id } = asked;
  switch (`${call.method} ${edge}`) {
    case 'GET message_templates':
      return listTemplates(asked);
    case 'POST message_templates':
      return createTemplate(cloud, id, call);
    case 'DELETE message_templates':
      return removeTemplate(cloud, id, call);
    case 'GET phone_numbers':
      return json(200, { data: accounts.map((account) => fieldsOf(numberOf(cloud, account), call)) });
    case 'POST subscribed_apps':
      return subscribe(asked, accounts);
    case 'DELETE subscribed_apps':
      cloud.standing.unsubscribe(id);
      return json(200, { success: true });
    case 'GET subscribed_apps':
      return json(200, { data: cloud.standing.isSubscribed(id) ? accounts.slice(0, 1).map(appOf) : [] });
    case 'GET ':
      return json(200, { id });
    default:
      return unknownPath(call);
  }
}

function appOf({ app_id, name }: WhatsappCloudAccount): Json {
  return { whatsapp_business_api_data: { id: app_id, name, link: 'https://www.facebook.com/games/?app_id=x' } };
}

/** By cursor, which names a place in the list and fits no list that has no such place. */
function listTemplates({ cloud, call, id }: Asked): Answer {
  const { query } = call;
  const wanted = cloud.templates
    .list(id)
    .filter(
      (template) =>
        (query.get('name') ?? template.name) === template.name &&
        (query.get('status') ?? template.status) === template.status,
    );
  const after = query.get('after');
  const from = after === null ? 0 : wanted.findIndex((template) => cursorOf(template.id) === after) + 1;
  if (after !== null && from === 0) return graphError({ code: 131059, details: 'The cursor is not valid.' });
  const to = from + Number(query.get('limit') ?? 25);
  const page = wanted.slice(from, to);
  const cursors = { before: cursorOf(page[0]?.id ?? ''), after: cursorOf(page.at(-1)?.id ?? '') };
  const paging = { cursors, ...(to < wanted.length && { next: `${call.base}${call.path}?after=${cursors.after}` }) };
  return json(200, { data: page.map((template) => fieldsOf({ ...template }, call)), paging });
}

function cursorOf(id: string): string {
  return Buffer.from(id).toString('base64url');
}

const LONGEST_URL = 200;

/** An address of its own is checked as any callback is. */
async function subscribe(
  { cloud, call, id, deliver }: Asked,
  [account]: readonly WhatsappCloudAccount[],
): Promise<Answer> {
  const body = parseJson(call.body.toString('utf8'));
  const { override_callback_uri: url, verify_token } = isRecord(body) ? body : {};
  if (url === undefined) {
    cloud.standing.subscribe(id, undefined);
    return json(200, { success: true });
  }
  if (typeof url !== 'string' || !isHttpUrl(url) || url.length > LONGEST_URL || typeof verify_token !== 'string')
    return graphError({ code: 100, message: 'Param override_callback_uri must be a URL of at most 200 characters.' });
  if (!account || !(await verifyCallback({ webhook_url: url, verify_token }, deliver)))
    return graphError({ code: 2200, message: 'Callback verification failed' });
  cloud.standing.subscribe(id, url);
  return json(200, { success: true });
}
