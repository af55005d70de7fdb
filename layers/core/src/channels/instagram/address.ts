import type { Identity } from '../../domain/contact.ts';
import { scopedId } from '../shared/meta.ts';

/** An Instagram-scoped id: how Instagram knows a person to one account. */
export function recipient(text: string): Identity | undefined {
  return scopedId('igsid', text);
}
