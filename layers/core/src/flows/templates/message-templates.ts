import * as v from 'valibot';
import { compact } from '../../domain/compact.ts';
import { anyObject, object, text } from '../../domain/fields.ts';
import { isMessageTemplateId, newMessageTemplateId } from '../../domain/id.ts';
import type { MessageTemplate } from '../../domain/library.ts';
import { readOrRefuse } from '../../domain/misfit.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { addEntry, findEntry, findEntryNamed } from '../../store/library.ts';
import type { LoadChannel } from '../../channels/registry.ts';
import type { Principal } from '../access/authenticate.ts';
import { checkMessageTemplate } from '../send/check-message-template.ts';
import { channels, taken } from './library-entry.ts';
import { variables } from '../send/fields.ts';

const content = anyObject('must be an object with the fields of a send');

const members = {
  name: v.pipe(
    text(1, 128),
    v.transform((name) => name.trim()),
    v.check((name) => name !== '' && !isMessageTemplateId(name), 'must have letters, and not begin as ids do'),
  ),
  content,
  channels: v.optional(channels),
  defaults: v.optional(variables),
};

const fresh = object(members);
const change = object({
  name: v.optional(members.name),
  content: v.optional(content),
  channels: members.channels,
  defaults: members.defaults,
});

/** Adds a template to the library, once every channel it is for would take it. */
export async function createMessageTemplate(
  load: LoadChannel,
  { organizationId }: Principal,
  body: unknown,
): Promise<Result<MessageTemplate>> {
  const read = readOrRefuse(fresh, body);
  if (!read.ok) return read;
  const now = Date.now();
  const { name, content: says, channels: only = null, defaults = {} } = read.value;
  const id = newMessageTemplateId();
  const times = { createdAt: now, updatedAt: now };
  const template: MessageTemplate = { id, organizationId, name, content: says, channels: only, defaults, ...times };
  const problem = await checkMessageTemplate(load, template);
  if (problem) return { ok: false, problem };
  return (await addEntry('templates', template)) ? ok(template) : taken('name', name);
}

/** What a change makes of a template, once every channel it is for would take it. */
export async function changedMessageTemplate(
  load: LoadChannel,
  template: MessageTemplate,
  body: unknown,
): Promise<Result<MessageTemplate>> {
  const read = readOrRefuse(change, body);
  if (!read.ok) return read;
  const changed: MessageTemplate = { ...template, ...compact(read.value), updatedAt: Date.now() };
  const problem = await checkMessageTemplate(load, changed);
  return problem ? { ok: false, problem } : ok(changed);
}

/** The template that a send names, by its id or by its name. */
export async function findMessageTemplate(
  { organizationId }: Pick<Principal, 'organizationId'>,
  named: string,
): Promise<Result<MessageTemplate>> {
  const template = isMessageTemplateId(named)
    ? await findEntry('templates', organizationId, named)
    : await findEntryNamed('templates', organizationId, named.trim());
  if (template) return ok(template);
  return refuse(404, 'no_template', `'template_id' names no template of this organization's library`, {
    details: 'template_id',
  });
}
