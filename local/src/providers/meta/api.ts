import { bearer, json, partsOf, type Answer, type Call } from '../http.ts';
import { isRecord, parseJson } from '../../json.ts';
import type { Outcome } from '../provider.ts';
import { debugToken, describe, subscription } from './account-api.ts';
import { invalid, noSuchObject } from './check.ts';
import { askConsent, loginOf } from './consent.ts';
import { graphError } from './errors.ts';
import { download } from './files.ts';
import { pagesOf, userToken } from './oauth.ts';
import { conversations, profile } from './person-api.ts';
import type { MetaAccount, MetaWorld, Product } from './product.ts';
import { send } from './send.ts';
import type { Bearer } from './tokens.ts';
import { upload } from './uploads.ts';

/** Everything of Meta's, on whichever of its hosts. */
export async function callMeta(world: MetaWorld, product: Product, call: Call): Promise<Outcome> {
  const answer = withoutToken(world, product, call);
  if (answer) return { answer };
  const token = bearer(call) ?? call.query.get('access_token');
  if (!token) return { answer: graphError({ code: 104 }) };
  const whose = bearerOf(world, token);
  if (!whose) return { answer: graphError({ code: 190 }) };
  const [version = '', id = '', edge = ''] = partsOf(call.path);
  if (!/^v\d+\.\d+$/.test(version)) return { answer: unknownPath(call) };
  if (whose.kind === 'owner') return { answer: ofOwner(world, product, whose, call, `${id}/${edge}`) };
  const account = world.accounts.get(whose.external_id);
  if (!account) return { answer: graphError({ code: 190 }) };
  return ofAccount(world, product, account, { call, id, edge });
}

/** Files, and what leads to a token. */
function withoutToken(world: MetaWorld, product: Product, call: Call): Answer | undefined {
  const path = partsOf(call.path);
  const route = `${call.method} ${path.join('/')}`;
  if (call.method === 'GET' && path[0] === 'lookaside') return download(world, call);
  if (route === 'GET dialog/oauth') return askConsent(world, 'facebook', call);
  if (/^GET v\d+\.\d+\/oauth\/access_token$/.test(route)) return userToken(world, call);
  return product.login?.(world, call);
}

/** A page's first token does not run out. */
function bearerOf(world: MetaWorld, token: string): Bearer | undefined {
  const account = [...world.accounts.values()].find((one) => one.access_token === token);
  return account ? { kind: 'account', external_id: account.external_id } : world.tokens.find(token)?.bearer;
}

function ofOwner(
  world: MetaWorld,
  product: Product,
  owner: Extract<Bearer, { kind: 'owner' }>,
  call: Call,
  path: string,
): Answer {
  if (call.method === 'GET' && path === 'me/accounts') return pagesOf(world, product, owner, call);
  if (call.method === 'GET' && path === 'debug_token/') return debugToken(world, product, owner.app_id, call);
  return unknownPath(call);
}

interface Asked {
  call: Call;
  id: string;
  edge: string;
}

/** `/{sender}/{edge?}`; the sender may be `me`. */
async function ofAccount(
  world: MetaWorld,
  product: Product,
  account: MetaAccount,
  { call, id, edge }: Asked,
): Promise<Outcome> {
  if (call.method === 'GET' && id === 'debug_token')
    return { answer: debugToken(world, product, account.app_id, call) };
  if (id === 'me' || id === product.senderOf(account)) return onAccount(world, product, account, { call, edge });
  const person = call.method === 'GET' && edge === '' ? profile(world, product, account, id, call) : undefined;
  return { answer: person ?? graphError(noSuchObject(id, call.method)) };
}

async function onAccount(
  world: MetaWorld,
  product: Product,
  account: MetaAccount,
  { call, edge }: Pick<Asked, 'call' | 'edge'>,
): Promise<Outcome> {
  if (edge === 'subscribed_apps') return { answer: subscription(world, product, account, call) };
  switch (`${call.method} ${edge}`) {
    case 'POST messages':
      return sendOf(world, product, account, call);
    case 'POST message_attachments':
      if (loginOf(account) === 'instagram') break;
      return { answer: await upload(world, product, account, call) };
    case 'GET conversations':
      return { answer: conversations(world, product, account, call) };
    case 'GET message_templates':
      return { answer: json(200, { data: product.templates }) };
    case 'GET ':
      return { answer: describe(product, account, call) };
  }
  return { answer: unknownPath(call) };
}

async function sendOf(world: MetaWorld, product: Product, account: MetaAccount, call: Call): Promise<Outcome> {
  const body = parseJson(call.body.toString('utf8'));
  if (!isRecord(body)) return { answer: graphError(invalid('The body must be a JSON object')) };
  return send(world, product, account, body, call.base);
}

function unknownPath(call: Call): Answer {
  return graphError({ code: 2500, message: `Unknown path components: ${call.path}` });
}
