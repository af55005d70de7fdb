import { randomInt } from 'node:crypto';
import type { EvolutionAccount } from '../account.ts';
import { json, type Call } from '../http.ts';
import { parseJson, type Json } from '../../json.ts';
import type { Outcome } from '../provider.ts';
import type { Lite } from './chats.ts';
import { badRequest, failed, type Asked } from './evolution-asked.ts';
import { connectionOf } from './evolution-hooks.ts';
import * as bodies from './evolution-validate.ts';
import { complaints } from './validate.ts';
import { changeSession } from './gateway-sessions.ts';
import { waDigits } from './ids.ts';

/** An instance of that name, with a number that it gets when it is paired: here, at once. */
export function create(lite: Lite, call: Call, key: string): Outcome {
  const parsed = bodies.creation.safeParse(parseJson(call.body.toString('utf8')));
  if (!parsed.success) return { answer: badRequest(complaints(parsed.error)) };
  const { instanceName: instance } = parsed.data;
  const all = [...lite.accounts.values()];
  if (all.some((one) => one.kind === 'evolution' && one.instance === instance))
    return { answer: failed(403, 'Forbidden', [`This name "${instance}" is already in use.`]) };
  const organization = all.find(({ api_key }) => api_key === key)?.organization ?? '';
  const external_id = `+2015${String(randomInt(1e8)).padStart(8, '0')}`;
  const account: EvolutionAccount = {
    channel: 'whatsapp_lite',
    kind: 'evolution',
    external_id,
    name: instance,
    organization,
    instance,
    api_key: key,
    webhook_url: '',
    webhook_secret: '',
  };
  lite.accounts.set(external_id, account);
  Object.assign(lite.sessions.of(account), { status: 'STOPPED', paired: false });
  lite.sessions.change(account, 'start');
  return {
    answer: json(201, { instance: { instanceName: instance, status: 'connecting' }, qrcode: codeOf(lite, account) }),
  };
}

/** While it shows codes it gives the one it shows; a closed one starts to show them. */
export function connect({ lite, account }: Asked): Outcome {
  const { status } = lite.sessions.of(account);
  if (status === 'WORKING') return { answer: json(200, { instance: stateOf(lite, account) }) };
  const after = status === 'SCAN_QR_CODE' ? undefined : changeSession(lite, account, 'restart');
  return { answer: json(200, codeOf(lite, account)), ...(after && { after }) };
}

export function logout({ lite, account }: Asked): Outcome {
  if (connectionOf(lite.sessions.of(account).status) === 'close')
    return { answer: badRequest([`The "${account.instance}" instance is not connected`]) };
  lite.sessions.change(account, 'logout');
  const after = changeSession(lite, account, 'stop');
  return {
    answer: json(200, { status: 'SUCCESS', error: false, response: { message: 'Instance logged out' } }),
    after,
  };
}

export function setWebhook({ account, body }: Asked): Outcome {
  const parsed = bodies.webhook.safeParse(body);
  if (!parsed.success) return { answer: badRequest(complaints(parsed.error)) };
  const { enabled, url, headers = {} } = parsed.data.webhook;
  account.webhook_url = enabled ? url : '';
  account.webhook_secret = headers['x-webhook-secret'] ?? '';
  return { answer: json(201, parsed.data.webhook) };
}

function codeOf(lite: Lite, account: EvolutionAccount): Json {
  const code = lite.sessions.of(account).status === 'SCAN_QR_CODE' ? lite.sessions.qr(account) : undefined;
  return { pairingCode: null, code, base64: code && 'data:image/png;base64,', count: code ? 1 : 0 };
}

export function stateOf(lite: Lite, account: EvolutionAccount): Json {
  return { instanceName: account.instance, state: connectionOf(lite.sessions.of(account).status) };
}

export function instances(lite: Lite, own: EvolutionAccount[], call: Call): Json[] {
  const name = call.query.get('instanceName');
  return own
    .filter(({ instance }) => name === null || instance === name)
    .map((account) => ({
      name: account.instance,
      connectionStatus: connectionOf(lite.sessions.of(account).status),
      ownerJid: `${waDigits(account.external_id)}@s.whatsapp.net`,
      profileName: account.name,
    }));
}
