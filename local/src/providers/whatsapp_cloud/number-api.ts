import type { WhatsappCloudAccount } from '../account.ts';
import type { Fault } from '../faults.ts';
import { json, type Answer, type Call } from '../http.ts';
import { isRecord, parseJson, type Json } from '../../json.ts';
import type { Outcome } from '../provider.ts';
import type { Cloud } from './cloud.ts';
import { graphError, unknownPath } from './errors.ts';
import { upload } from './media-api.ts';
import { markRead, send } from './send.ts';

interface Asked {
  cloud: Cloud;
  call: Call;
  edge: string;
}

/** `/{phone_number_id}/{edge?}` */
export async function onNumber(
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
      return { answer: register(cloud, account, call) };
    case 'POST smb_app_data':
      return { answer: bringPast(cloud, account, call) };
    case 'POST deregister':
      cloud.standing.deregister(account.external_id);
      return { answer: json(200, { success: true }) };
    case 'GET ':
      return { answer: json(200, fieldsOf(numberOf(cloud, account), call)) };
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

/** The first PIN is set, and later ones have to be the same. */
function register(cloud: Cloud, account: WhatsappCloudAccount, call: Call): Answer {
  const body = parseJson(call.body.toString('utf8'));
  const { pin, messaging_product } = isRecord(body) ? body : {};
  if (messaging_product !== 'whatsapp')
    return graphError({ code: 100, message: 'The parameter messaging_product is required.' });
  if (typeof pin !== 'string' || !/^\d{6}$/.test(pin))
    return graphError({ code: 100, details: 'pin must be 6 digits' });
  const known = cloud.standing.pinOf(account.external_id);
  if (known !== undefined && known !== pin)
    return graphError({ code: 133005, details: 'Two step verification PIN mismatch' });
  cloud.standing.register(account.external_id, pin);
  return json(200, { success: true });
}

const pasts = ['smb_app_state_sync', 'history'];

/** What the phone's app has is brought once. */
function bringPast(cloud: Cloud, { external_id }: WhatsappCloudAccount, call: Call): Answer {
  const body = parseJson(call.body.toString('utf8'));
  const { sync_type, messaging_product } = isRecord(body) ? body : {};
  if (messaging_product !== 'whatsapp')
    return graphError({ code: 100, message: 'The parameter messaging_product is required.' });
  if (typeof sync_type !== 'string' || !pasts.includes(sync_type))
    return graphError({ code: 100, details: `sync_type must be one of ${pasts.join(', ')}` });
  if (!cloud.standing.isOnApp(external_id) || cloud.standing.pastAsked(external_id).includes(sync_type))
    return graphError({ code: 100, details: 'Sync is not available for this number' });
  cloud.standing.askPast(external_id, sync_type);
  return json(200, { messaging_product, request_id: `sync-${sync_type}` });
}

/** A number as Graph describes it. */
export function numberOf(cloud: Cloud, account: WhatsappCloudAccount): Json {
  return {
    verified_name: account.name,
    code_verification_status: 'VERIFIED',
    display_phone_number: account.display_phone_number,
    quality_rating: 'GREEN',
    name_status: 'APPROVED',
    platform_type: cloud.standing.isRegistered(account.external_id) ? 'CLOUD_API' : 'NOT_APPLICABLE',
    is_on_biz_app: cloud.standing.isOnApp(account.external_id),
    throughput: { level: 'STANDARD' },
    whatsapp_business_manager_messaging_limit: 'TIER_250',
    webhook_configuration: { application: account.webhook_url },
    id: account.phone_number_id,
  };
}

/** The fields asked for, and the id. */
export function fieldsOf(record: Json, call: Call): Json {
  const fields = call.query.get('fields')?.split(',');
  return fields
    ? Object.fromEntries(Object.entries(record).filter(([key]) => key === 'id' || fields.includes(key)))
    : record;
}
