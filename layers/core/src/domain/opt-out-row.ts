import type { OptOut } from './opt-out.ts';
import { iso } from './rows.ts';
import type { Row } from './rows.ts';

/** That someone must not or can't be written to, as `/rest/v1/opt_outs` has it. */
export function optOutRow(optOut: OptOut): Row {
  const { lifted } = optOut;
  return {
    id: optOut.id,
    organization_id: optOut.organizationId,
    contact_id: optOut.contactId ?? null,
    identity: optOut.identity ?? null,
    channel: optOut.channel ?? null,
    channel_account_id: optOut.channelAccountId ?? null,
    why: optOut.why,
    active: lifted === undefined,
    source: optOut.source,
    reason: optOut.reason ?? null,
    message_id: optOut.messageId ?? null,
    created_at: iso(optOut.at),
    lifted_at: iso(lifted?.at),
    lifted_source: lifted?.source ?? null,
    lifted_reason: lifted?.reason ?? null,
    lifted_by: lifted?.by ?? null,
  };
}
