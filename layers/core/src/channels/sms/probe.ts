import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Probe } from '../contract.ts';
import { callProvider } from '../shared/http.ts';
import { again, sendErrorOf } from '../shared/receipt.ts';
import type { Credentials, VictoryLinkCredentials } from './credentials.ts';
import { failureOfCode } from './errors.ts';
import { serverOf } from './server.ts';

const TIMEOUT_MS = 10_000;

const down = again('provider_down', 'provider_error', 'The SMS provider did not say how the account does.');

/** How much credit VictoryLink has for the account. Of Notify nothing can be learnt without sending something. */
export async function probe(account: ConnectedAccount<Credentials>): Promise<Probe> {
  const { credentials } = account;
  if (credentials.kind === 'notify') return { ok: true, facts: { checked: 'no: Appgain Notify can’t be asked' } };
  return creditOf(serverOf(account), credentials);
}

/** The older service answers in XML: `<int …>1250</int>`, or with one of the codes of a send. The password goes in the body, which nobody logs. */
async function creditOf(server: string, { username, password, sender }: VictoryLinkCredentials): Promise<Probe> {
  const answer = await callProvider({
    method: 'POST',
    url: `${server}/KannelSending/service.asmx/CheckCredit`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/xml' },
    body: new TextEncoder().encode(new URLSearchParams({ UserName: username, Password: password }).toString()),
    timeoutMs: TIMEOUT_MS,
  });
  if (answer.kind !== 'answer') return { ok: false, error: sendErrorOf(down, answer.code) };
  const credit = Number(
    /^[^<]*(?:<\?xml[^>]*>)?\s*<int[^>]*>\s*(-?\d{1,12})\s*<\/int>/.exec(answer.text ?? '')?.[1] ?? Number.NaN,
  );
  if (answer.status !== 200 || Number.isNaN(credit))
    return { ok: false, error: sendErrorOf(down, String(answer.status)) };
  if (credit < 0) return { ok: false, error: sendErrorOf(failureOfCode(credit), String(credit)) };
  return { ok: true, externalId: sender, facts: { credit: String(credit) } };
}
