import { at, type Answered, type Received, type Rig } from './rig.ts';

/** The number of the first phone. */
const mona = '+201000000001';

export const auth = { authorization: 'Bearer EAAG-cloud-token' };

/** What the pretend Cloud API is asked: by the business, and by the control API in a customer's name. */
export function callsOf({ call, cloud }: Rig) {
  return {
    send: (message: object): Promise<Answered> =>
      call(
        'POST',
        `/whatsapp_cloud/v26.0/${cloud.phone_number_id}/messages`,
        { messaging_product: 'whatsapp', to: mona, ...message },
        auth,
      ),
    write: (body: object, phone = 'mona'): Promise<Answered> =>
      call('POST', `/whatsapp_cloud/phones/${phone}/messages`, { account: cloud.external_id, ...body }),
    thread: (phone = 'mona'): Promise<Answered> =>
      call('GET', `/whatsapp_cloud/phones/${phone}/messages?account=${cloud.external_id}`),
  };
}

/** The statuses that were told. */
export function statuses(received: readonly Received[]): unknown[] {
  return received.map(({ body }) => at(body, 'entry.0.changes.0.value.statuses.0')).filter(Boolean);
}
