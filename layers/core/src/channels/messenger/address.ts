import type { Identity } from '../../domain/contact.ts';
import { scopedId } from '../shared/meta.ts';

/** A page-scoped id: how Messenger knows a person on one page. */
export function recipient(text: string): Identity | undefined {
  return scopedId('psid', text);
}
