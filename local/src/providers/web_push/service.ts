import { header, json, partsOf, type Answer, type Call } from '../http.ts';
import { decrypt } from './decrypt.ts';
import { host, type Subscription, type Subscriptions } from './subscriptions.ts';
import { faultOfVapid } from './vapid.ts';

/** A push that was taken: whose it is, and what it says, unless the browser can't read it. */
export interface Push {
  subscription: Subscription;
  text: string | undefined;
}

const mostBytes = 4096;

/** `POST https://{host}/wpush/v2/{id}`: the checks of RFC 8030 and 8292 in the order in which Mozilla's service makes them. */
export async function receive(subscriptions: Subscriptions, call: Call, now: number): Promise<Push | Answer> {
  const [service, area, version, id = '', ...more] = partsOf(call.path);
  const isHere = service === host && area === 'wpush' && version === 'v2' && more.length === 0;
  const subscription = isHere ? subscriptions.get(id) : undefined;
  if (!subscription) return refusal(404, 'no such subscription', 102);
  if (call.method !== 'POST') return refusal(405, `${call.method} is not allowed`);
  const refused = faultOfHeaders(call) ?? (await faultOfSigner(call, subscription, now));
  if (refused) return refused;
  if (subscription.gone) return refusal(410, 'the subscription is gone', 106);
  return { subscription, text: decrypt(call.body, subscription)?.toString('utf8') };
}

/** In the words of Mozilla's service. */
export function refusal(status: number, message: string, errno?: number): Answer {
  return json(status, {
    code: status,
    ...(errno !== undefined && { errno }),
    error: words[status] ?? 'Error',
    message,
  });
}

const words: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  410: 'Gone',
  413: 'Payload Too Large',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
};

function faultOfHeaders(call: Call): Answer | undefined {
  const [ttl, topic, urgency] = ['ttl', 'topic', 'urgency'].map((name) => header(call, name));
  if (call.body.length > mostBytes) return refusal(413, `the body has more than ${mostBytes} bytes`, 104);
  if (!/^\d{1,10}$/.test(ttl ?? '')) return refusal(400, 'TTL must be a number of seconds');
  if (call.body.length > 0 && header(call, 'content-encoding') !== 'aes128gcm')
    return refusal(400, 'Content-Encoding must be aes128gcm', 110);
  if (topic !== undefined && !/^[\w-]{1,32}$/.test(topic))
    return refusal(400, 'Topic must be 1 to 32 signs of base64url');
  if (urgency !== undefined && !/^(very-low|low|normal|high)$/.test(urgency)) return refusal(400, 'Urgency is unknown');
  return undefined;
}

async function faultOfSigner(call: Call, subscription: Subscription, now: number): Promise<Answer | undefined> {
  const fault = await faultOfVapid(header(call, 'authorization'), subscription, now);
  return fault && refusal(fault.status, fault.message, 109);
}
