import { manifests } from '../../channels/manifests.ts';
import { loadChannel } from '../../channels/registry.ts';
import type { Capabilities, InteractiveLimit, Manifest, MediaLimit } from '../../channels/contract.ts';
import { urlNameOf } from '../../domain/channel.ts';
import { waysOf } from '../../domain/degrade-ways.ts';
import type { Row } from '../../domain/rows.ts';
import type { SendWindow } from '../../domain/send-window.ts';
import type { Source } from '../lists/list.ts';

/** What each channel is and can do, with its limits: the same for every organization. By name. */
export function listChannelRows(): Source {
  return { rows: channelRows(), orderedBy: { column: 'name', descending: false } };
}

async function* channelRows(): AsyncGenerator<Row> {
  for (const manifest of manifests.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
    const channel = await loadChannel(manifest.name);
    yield channelRow(manifest, await channel.capabilities());
  }
}

function channelRow(manifest: Manifest, can: Capabilities): Row {
  return { ...identityColumns(manifest), ...abilityColumns(can), ways: waysOf(can) };
}

function identityColumns(manifest: Manifest): Row {
  return {
    name: manifest.name,
    label: manifest.label,
    send_path: manifest.outbound ? `/functions/v1/${urlNameOf(manifest.name)}-send` : null,
    inbox: manifest.inbox,
    inbound: manifest.inbound,
    outbound: manifest.outbound,
    address: manifest.address,
    customer_writes_first: manifest.customerWritesFirst ?? false,
    receipts: manifest.receipts,
    revisions: manifest.revisions ?? false,
  };
}

function abilityColumns(can: Capabilities): Row {
  return {
    text: can.text,
    caption: can.caption ?? null,
    formatting: can.formatting,
    media: mapped(can.media, mediaColumn),
    interactive: mapped(can.interactive, interactiveColumn),
    location: can.location,
    contacts: can.contacts,
    template: can.template,
    reaction: can.reaction,
    reactions: can.reactions ?? null,
    reply: can.reply,
    mail: can.mail ?? false,
    actions: can.actions,
    send_window: can.window ? windowColumn(can.window) : null,
    rates: can.rates,
  };
}

function windowColumn({ hours, messages, after, tagHours }: SendWindow): Row {
  return { hours, messages: messages ?? null, after, tag_hours: tagHours ?? null };
}

/** Sizes are in bytes, sides in pixels. */
function mediaColumn({ types, maxBytes, maxSide, caption }: MediaLimit): Row {
  return { types, max_bytes: maxBytes, max_side: maxSide ?? null, caption };
}

function interactiveColumn({ count, title, text, around }: InteractiveLimit): Row {
  return { count, title, text: text ?? null, around: around ?? [] };
}

function mapped<T>(limits: { [name: string]: T | undefined }, column: (limit: T) => Row): Row {
  const entries = Object.entries(limits).flatMap(([name, limit]) => (limit ? [[name, column(limit)] as const] : []));
  return Object.fromEntries(entries);
}
