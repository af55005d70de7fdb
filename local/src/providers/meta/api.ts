import { bearer, json, partsOf, type Answer, type Call } from '../http.ts';
import { isRecord, parseJson } from '../json.ts';
import type { Outcome } from '../provider.ts';
import { graphError, invalid, noSuchObject } from './errors.ts';
import { download } from './files.ts';
import type { MetaAccount, MetaWorld, Product } from './product.ts';
import { send } from './send.ts';

/** `/{version}/{sender}/{edge?}` of the Graph API; the sender may be `me`. */
export async function callGraph(world: MetaWorld, product: Product, call: Call): Promise<Outcome> {
  const [version = '', id = '', edge = ''] = partsOf(call.path);
  if (version === 'lookaside' && call.method === 'GET') return { answer: download(world, call) };
  const token = bearer(call) ?? call.query.get('access_token');
  if (!token) return { answer: graphError({ code: 104 }) };
  const account = [...world.accounts.values()].find((one) => one.access_token === token);
  if (!account) return { answer: graphError({ code: 190 }) };
  if (!/^v\d+\.\d+$/.test(version)) return { answer: unknownPath(call) };
  if (id !== 'me' && id !== product.senderOf(account)) return { answer: graphError(noSuchObject(id, call.method)) };
  switch (`${call.method} ${edge}`) {
    case 'POST messages':
      return sendOf(world, product, account, call);
    case 'POST subscribed_apps':
      return { answer: json(200, { success: true }) };
    case 'GET subscribed_apps':
      return { answer: json(200, { data: [{ id: account.app_id, subscribed_fields: ['messages'] }] }) };
    case 'GET ':
      return { answer: json(200, { id: product.senderOf(account), name: account.name }) };
    default:
      return { answer: unknownPath(call) };
  }
}

async function sendOf(world: MetaWorld, product: Product, account: MetaAccount, call: Call): Promise<Outcome> {
  const body = parseJson(call.body.toString('utf8'));
  if (!isRecord(body)) return { answer: graphError(invalid('The body must be a JSON object')) };
  return send(world, product, account, body, call.base);
}

function unknownPath(call: Call): Answer {
  return graphError({ code: 2500, message: `Unknown path components: ${call.path}` });
}
