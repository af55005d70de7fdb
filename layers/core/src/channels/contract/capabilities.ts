import type { EntityType, Interactive, MediaKind } from '../../domain/body.ts';
import type { TextUnit } from '../../domain/text-length.ts';

export interface TextLimit {
  max: number;
  unit: TextUnit;
}

export interface MediaLimit {
  /** MIME types the provider takes; `*` at the end stands for anything */
  types: string[];
  maxBytes: number;
  /** a text can go with it */
  caption: boolean;
}

type InteractiveKind = Exclude<Interactive['kind'], 'reply'>;

/** What a channel can do, with the provider's limits: what is checked, degraded, documented and shown follows from it. */
export interface Capabilities {
  text: TextLimit;
  caption?: TextLimit;
  /** formatting that reaches the customer; anything else goes as plain words */
  formatting: EntityType[];
  media: { [kind in MediaKind]?: MediaLimit };
  /** `count`: buttons, rows or cards; `title`: of one of them */
  interactive: { [kind in InteractiveKind]?: { count: number; title: TextLimit } };
  location: boolean;
  /** cards in one message; 0: none */
  contacts: number;
  template: boolean;
  /** `any` emoji, some, or none */
  reaction: 'any' | 'some' | 'none';
  reply: boolean;
  actions: ('typing' | 'read' | 'edit' | 'delete')[];
  /** how long after the customer's last message a business may write freely, and what goes after that */
  window?: { hours: number; messages?: number; after: 'template' | 'tag' | 'nothing' };
  /** what the provider allows an account, where it says so */
  rates: { per: 'second' | 'minute' | 'day'; scope: 'account' | 'recipient'; count: number }[];
}
