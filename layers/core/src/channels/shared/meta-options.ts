import * as v from 'valibot';
import { object, oneOf } from '../../domain/fields.ts';

/** What both products let a caller say of a send. Without it, what a person answers after 24 hours is tagged by itself. */
export const typeOptions = {
  messaging_type: v.optional(oneOf(['RESPONSE', 'UPDATE', 'MESSAGE_TAG'])),
  tag: v.optional(oneOf(['HUMAN_AGENT'])),
};

/** An object of options whose type and tag agree: the one is for the other. */
export function optionsWith<const T extends v.ObjectEntries>(members: T) {
  return v.pipe(
    object(members),
    v.check((options) => {
      const { messaging_type: type, tag } = options as { messaging_type?: string; tag?: string };
      return tag === undefined ? type !== 'MESSAGE_TAG' : type === undefined || type === 'MESSAGE_TAG';
    }, "'tag' and the messaging_type MESSAGE_TAG go together"),
  );
}
