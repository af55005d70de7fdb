import type { Body } from '../../domain/body.ts';
import { attachedReader, mediaOf, readShare } from '../shared/meta-attachments.ts';
import { place as placeSchema, type Attachment } from '../shared/meta-attachments-wire.ts';
import { compact, readAs } from '../shared/read.ts';

/** What a Messenger message may carry ("Message attachments"). */
export const attached = attachedReader({
  sticker: (attachment) => mediaOf('sticker', attachment),
  fallback: readShare,
  location: readPlace,
  appointment_booking: readBooking,
});

/** No longer sent; older conversations may be delivered again. */
function readPlace({ payload, title, url }: Attachment): Body | undefined {
  const place = readAs(placeSchema, payload?.['coordinates']);
  if (!place) return undefined;
  const { lat: latitude, long: longitude } = place;
  return { type: 'location', latitude, longitude, ...compact({ name: title, url }) };
}

function readBooking(attachment: Attachment): Body {
  const status = attachment.payload?.['status'];
  const text = typeof status === 'string' ? `Appointment ${status.slice(0, 60)}` : 'Appointment';
  return { type: 'unsupported', providerType: attachment.type, text, raw: attachment };
}
