import type { GenericSchema } from 'valibot';
import type { Body } from '../../domain/body.ts';
import type { Problem } from '../../domain/problem.ts';
import type { Capabilities, Channel, OAuth } from '../contract.ts';

/** What every webhook of one of Meta's products needs. */
type AtOnce<Credentials> = Pick<
  Channel<Credentials>,
  'manifest' | 'handshake' | 'hints' | 'names' | 'verify' | 'normalise' | 'recipient'
>;

/** What asks Graph. */
type Asking<Credentials> = Required<
  Pick<Channel<Credentials>, 'send' | 'locateMedia' | 'act' | 'probe' | 'subscribe' | 'unsubscribe' | 'profile'>
>;

/** What no webhook needs: one module of the product's folder. */
export interface Later<Credentials> extends Asking<Credentials> {
  credentials: GenericSchema<unknown, Credentials>;
  capabilities: Capabilities;
  options: GenericSchema<unknown, Record<string, unknown>>;
  oauth: OAuth<Credentials>;
  check(body: Body): Problem | undefined;
}

/** One of Meta's messaging products: its webhooks are signed by the application, and the rest loads when it is first asked for. */
export function metaChannel<Credentials>(atOnce: AtOnce<Credentials>, later: () => Promise<Later<Credentials>>) {
  return {
    ...atOnce,
    credentials: async () => (await later()).credentials,
    capabilities: async () => (await later()).capabilities,
    options: async () => (await later()).options,
    check: async (body) => (await later()).check(body),
    prepareToSend: later,
    send: async (outgoing, account) => (await later()).send(outgoing, account),
    locateMedia: async (media, account) => (await later()).locateMedia(media, account),
    act: async (action, account) => (await later()).act(action, account),
    probe: async (account) => (await later()).probe(account),
    subscribe: async (account, url) => (await later()).subscribe(account, url),
    unsubscribe: async (account) => (await later()).unsubscribe(account),
    profile: async (who, account) => (await later()).profile(who, account),
    oauth: async () => (await later()).oauth,
  } satisfies Channel<Credentials>;
}
