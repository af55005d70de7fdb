import { LONGEST_SMS } from '../../domain/sms-encoding.ts';
import type { Capabilities } from '../contract.ts';

/** 1600 UTF-16 units, which are 11 segments of GSM-7 or 24 of UCS-2. */
export const capabilities: Capabilities = {
  text: { max: LONGEST_SMS, unit: 'utf16' },
  formatting: [],
  media: {},
  interactive: {},
  location: false,
  contacts: 0,
  template: false,
  reaction: 'none',
  reply: false,
  actions: [],
  rates: [],
};
