import type { EntityType, MediaKind } from '../../domain/body.ts';
import type { Rate } from '../../domain/pace.ts';
import type { InteractiveKind, InteractiveLimit } from '../../domain/degrade-interactive.ts';
import type { SendWindow } from '../../domain/send-window.ts';
import type { TextLimit } from '../../domain/text-length.ts';

export type { InteractiveKind, InteractiveLimit, TextLimit };

/** What a provider takes of one kind of file. */
export interface MediaLimit {
  /** MIME types the provider takes; `*` at the end stands for anything */
  types: string[];
  maxBytes: number;
  /** of a picture, pixels of its longest side */
  maxSide?: number;
  /** a text can go with it */
  caption: boolean;
}

/** What a channel can do, with the provider's limits: what is checked, degraded, documented and shown follows from it. */
export interface Capabilities {
  text: TextLimit;
  caption?: TextLimit;
  /** formatting that reaches the customer; anything else goes as plain words */
  formatting: EntityType[];
  media: { [kind in MediaKind]?: MediaLimit };
  interactive: { [kind in InteractiveKind]?: InteractiveLimit };
  location: boolean;
  /** cards in one message; 0: none */
  contacts: number;
  template: boolean;
  /** messages are mail: with a subject, and any number of files */
  mail?: true;
  /** `any` emoji, some, or none */
  reaction: 'any' | 'some' | 'none';
  /** where only some go: which */
  reactions?: string[];
  reply: boolean;
  actions: ('typing' | 'read' | 'edit' | 'delete')[];
  /** how long after the customer's last message a business may write freely, and what goes after that */
  window?: SendWindow;
  /** what the provider allows an account, where it says so */
  rates: Rate[];
}
