import type { Channel } from '../../channels/contract.ts';
import { manifests } from '../../channels/manifests.ts';
import type { Body } from '../../domain/body.ts';
import { renderBody, variablesOf } from '../../domain/body-variables.ts';
import { degrade } from '../../domain/degrade.ts';
import type { MessageTemplate } from '../../domain/library.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Problem, Result } from '../../domain/problem.ts';
import { joinValues } from '../../domain/variables.ts';
import type { LoadChannel } from '../../channels/registry.ts';
import { planMedia } from '../media/plan.ts';
import { OF_A_BODY } from './body.ts';
import { parseSendRequest } from './request.ts';
import type { SendRequest } from './request.ts';

/** What a template may say of a message: whom it is for, and what exists once only, comes with the send. */
const ALLOWED = new Set<string>([...OF_A_BODY, 'subject', 'cc', 'attachments', 'options', 'degrade']).difference(
  new Set(['upload_id', 'reaction', 'forward_of']),
);

/** An item of the table has 400 KB. */
const MOST_BYTES = 300_000;

/** What the content of a template says, as a send would be read. */
export function readTemplateContent({ content }: Pick<MessageTemplate, 'content'>): Result<SendRequest> {
  const stranger = Object.keys(content).find((name) => !ALLOWED.has(name));
  if (stranger !== undefined)
    return refuse(400, 'unknown_field', `'content.${stranger}' is no field of a template's content`, {
      details: `content.${stranger}`,
      hint: `Its fields: ${[...ALLOWED].join(', ')}`,
    });
  const parsed = parseSendRequest(content);
  if (parsed.ok || parsed.problem.details === undefined) return parsed;
  const { message, details } = parsed.problem;
  const named = message.replaceAll(`'${details}'`, `'content.${details}'`);
  return { ok: false, problem: { ...parsed.problem, message: named, details: `content.${details}` } };
}

/**
 * Why a channel that the template is for would not take it, with its defaults and, where there is none, the name of the variable in its place. One
 * that is for all channels needs one that takes it.
 */
export async function checkMessageTemplate(load: LoadChannel, template: MessageTemplate): Promise<Problem | undefined> {
  if (Buffer.byteLength(JSON.stringify(template)) > MOST_BYTES)
    return refuse(413, 'content_too_large', `'content' has more than ${MOST_BYTES} bytes`, { details: 'content' })
      .problem;
  const read = readTemplateContent(template);
  if (!read.ok) return read.problem;
  const sample = renderBody(read.value.body as Body, sampleOf(template));
  if (!sample.ok)
    return refuse(422, 'missing_variable', `'content' can't be filled in`, { details: 'content' }).problem;
  const names = template.channels ?? manifests.filter(({ outbound }) => outbound).map(({ name }) => name);
  let first: Problem | undefined;
  for (const name of names) {
    const channel = await load(name);
    const taken = await isTaken(channel, template, read.value, sample.body);
    if (taken.ok && template.channels === null) return undefined;
    if (!taken.ok) first ??= ofContent(taken.problem, channel);
    if (first && template.channels !== null) return first;
  }
  return first;
}

function sampleOf({ content, defaults }: MessageTemplate): Record<string, string> {
  return joinValues(Object.fromEntries(variablesOf(content).map((name) => [name, name])), defaults);
}

async function isTaken(
  channel: Channel,
  { organizationId }: MessageTemplate,
  request: SendRequest,
  body: Body,
): Promise<Result<true>> {
  const [field] = Object.keys(request.mail ?? {});
  if (field !== undefined && !channel.manifest.mail)
    return refuse(422, 'unsupported_field', `'${field}': ${channel.manifest.label} has none`, { details: field });
  const shaped = degrade(body, await channel.capabilities(), channel.manifest.label);
  const planned = await planMedia(channel, organizationId, shaped.body, { kind: request.mediaKind });
  if (!planned.ok) return planned;
  const problem = await channel.check(asMail(planned.value.checked, request));
  return problem ? { ok: false, problem } : ok(true);
}

/** With a subject, a copy or markup of its own it is held against the limits of a mail. */
function asMail(body: Body, { mail }: SendRequest): Body {
  if (!mail || body.type !== 'text') return body;
  const { subject = '', html, cc } = mail;
  const file = html === undefined ? {} : { html: { status: 'pending', size: Buffer.byteLength(html) } as const };
  return { ...body, type: 'email', subject, attachments: [], ...file, ...(cc && { cc }) };
}

function ofContent(problem: Problem, channel: Channel): Problem {
  const hint = [`On ${channel.manifest.label}.`, problem.hint].filter(Boolean).join(' ');
  const details = problem.details === undefined ? 'content' : `content.${problem.details}`;
  return { ...problem, message: `'content': ${problem.message}`, details, hint };
}
