import * as v from 'valibot';
import { matching, oneOf } from '../../domain/fields.ts';
import { optionsWith, typeOptions } from '../shared/meta-options.ts';

/** What only Messenger knows of a send ("Send API"). A template goes as UTILITY by itself. */
export const options = optionsWith({
  ...typeOptions,
  notification_type: v.optional(oneOf(['REGULAR', 'SILENT_PUSH', 'NO_PUSH'])),
  persona_id: v.optional(matching(/^\d+$/, 'must be the digits of a persona id')),
});
