import type { Channel } from '../../channels/contract.ts';
import { renderBody, variablesOf } from '../../domain/body-variables.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import { compact } from '../../domain/compact.ts';
import type { MessageTemplate } from '../../domain/library.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Problem, Result } from '../../domain/problem.ts';
import { joinValues, render, renderHtml } from '../../domain/variables.ts';
import type { Rendered, Values } from '../../domain/variables.ts';
import { findContact } from '../../store/contacts.ts';
import { nameOfOrganization } from '../../store/organizations.ts';
import type { Principal } from '../access/authenticate.ts';
import { readTemplateContent } from './check-message-template.ts';
import type { MailRequest } from '../mail/compose.ts';
import type { Target } from './find-target.ts';
import { findMessageTemplate } from '../templates/message-templates.ts';
import type { SendRequest } from './request.ts';

/** Who writes to whom. */
export interface Correspondence {
  channel: Channel;
  principal: Principal;
  account: Pick<ChannelAccount, 'organizationId'>;
  target: Pick<Target, 'contactId' | 'counterparty'>;
}

/**
 * A request that says what it says without variables: what a template of the library says takes the place of its name. Braces are variables only
 * in a template, and where the caller gave values.
 */
export async function fillIn(between: Correspondence, request: SendRequest): Promise<Result<SendRequest>> {
  const { templateId } = request;
  if (templateId === undefined) return filled(between, request, {});
  const template = await templateFor(between, templateId);
  if (!template.ok) return template;
  const content = readTemplateContent(template.value);
  if (!content.ok) return content;
  return filled(between, withContent(request, content.value), template.value.defaults);
}

async function templateFor({ channel, principal }: Correspondence, named: string): Promise<Result<MessageTemplate>> {
  const found = await findMessageTemplate(principal, named);
  if (!found.ok) return found;
  const { name, channels } = found.value;
  if (!channels || channels.includes(channel.manifest.name)) return found;
  return refuse(422, 'not_for_channel', `'template_id': '${name}' is not for ${channel.manifest.label}`, {
    details: 'template_id',
    hint: `It is for ${channels.join(', ')}.`,
  });
}

/** What the caller says of the mail and the options counts before the template. */
function withContent(request: SendRequest, { body, mail, mediaKind, options, degrade }: SendRequest): SendRequest {
  return {
    ...compact({ body, mediaKind, options, degrade }),
    ...request,
    ...(mail || request.mail ? { mail: { ...mail, ...request.mail } } : {}),
  };
}

async function filled(between: Correspondence, request: SendRequest, defaults: Values): Promise<Result<SendRequest>> {
  const { body, mail } = request;
  if (!body) return ok(request);
  const names = variablesOf([body, mail]);
  const values = joinValues(defaults, await knownOf(between, names, request.variables), request.variables);
  const rendered = renderBody(body, values);
  const letter = renderMail(mail, values);
  if (rendered.ok && letter.ok)
    return ok({ ...request, body: rendered.body, ...(letter.mail ? { mail: letter.mail } : {}) });
  const missing = new Set([...(rendered.ok ? [] : rendered.missing), ...(letter.ok ? [] : letter.missing)]);
  return { ok: false, problem: nothingFor([...missing]) };
}

function nothingFor(names: string[]): Problem {
  const fields = names.map((name) => `'variables.${name}'`);
  const words = fields.length === 1 ? 'has no value' : 'have no value';
  return refuse(422, 'missing_variable', `${fields.join(', ')} ${words}`, {
    details: `variables.${names[0] ?? ''}`,
    hint: `Give it in 'variables', or write a default: {{${names[0] ?? ''}|default}}.`,
  }).problem;
}

type RenderedMail = { ok: true; mail?: MailRequest } | { ok: false; missing: string[] };

function renderMail(mail: MailRequest | undefined, values: Values): RenderedMail {
  if (!mail) return { ok: true };
  const subject = mail.subject === undefined ? undefined : render(mail.subject, undefined, values);
  const html = mail.html === undefined ? undefined : renderHtml(mail.html, values);
  const missing = [subject, html].flatMap((each) => (each?.ok === false ? each.missing : []));
  if (missing.length > 0) return { ok: false, missing };
  return { ok: true, mail: { ...mail, ...compact({ subject: textOf(subject), html: textOf(html) }) } };
}

function textOf(rendered: Rendered | undefined): string | undefined {
  return rendered?.ok ? rendered.text : undefined;
}

type Source = (between: Correspondence) => Promise<Record<string, string | undefined>>;

/** Where the values of these names come from that no caller gives. A later source counts before an earlier one. */
const sources: { names: string[]; read: Source }[] = [
  {
    names: ['organization_name'],
    read: async ({ account }) => ({ organization_name: await nameOfOrganization(account.organizationId) }),
  },
  {
    names: ['agent_name', 'agent_email'],
    read: async ({ principal: { user } }) => ({ agent_name: user?.name, agent_email: user?.email }),
  },
  { names: ['name', 'first_name', 'last_name', 'phone', 'email'], read: ofContact },
];

/** Read only where a name is asked for that the caller did not give: a broadcast to many says everything itself. */
async function knownOf(between: Correspondence, names: string[], given: Values = {}): Promise<Values> {
  const open = new Set(names.filter((name) => !Object.hasOwn(given, name)));
  const wanted = sources.filter((source) => source.names.some((name) => open.has(name)));
  return joinValues(...(await Promise.all(wanted.map(({ read }) => read(between)))));
}

/** What is known of the person; of one who is new, what the send says. */
async function ofContact({ account, target: { contactId, counterparty } }: Correspondence) {
  const contact = await findContact(account.organizationId, contactId);
  const identities = [...(contact?.identities ?? []), ...counterparty.identities];
  const valueOf = (kind: string) => identities.find((identity) => identity.kind === kind)?.value;
  const name = contact?.name ?? counterparty.name;
  const [first, ...rest] = name?.trim().split(/\s+/) ?? [];
  return { name, first_name: first, last_name: rest.at(-1), phone: valueOf('phone'), email: valueOf('email') };
}
