import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { fromAttributes } from './attributes.ts';
import { fromBroadcastImage } from './broadcast-item.ts';
import { fromAccountItem } from './channel-accounts.ts';
import type { TableChange } from './stream-records.ts';

type Image = Record<string, AttributeValue>;

/** The change of a channel account out of a stream record's images. */
export function accountChange(position: string, before: Image | undefined, after: Image): TableChange {
  const accountIn = (image: Image) => fromAccountItem(fromAttributes(image));
  return { kind: 'account', position, before: before && accountIn(before), after: accountIn(after) };
}

/** The same of a broadcast. */
export function broadcastChange(position: string, before: Image | undefined, after: Image): TableChange {
  const broadcastIn = (image: Image) => fromBroadcastImage(image).broadcast;
  return { kind: 'broadcast', position, before: before && broadcastIn(before), after: broadcastIn(after) };
}
