import * as v from 'valibot';
import type { ProviderTemplate } from '../../domain/provider-template.ts';
import type { Templates } from '../contract.ts';
import { listFromGraph } from '../shared/meta-account.ts';
import { compact, filledText, idText, maybe, object } from '../shared/read.ts';
import type { Credentials } from './credentials.ts';
import { graphOf } from './graph.ts';

const statuses = ['APPROVED', 'PENDING', 'REJECTED', 'PAUSED', 'DISABLED', 'DELETED'] as const;
const button = object({ type: v.string(), text: v.string(), url: maybe(v.string()) });

const template = object({
  id: maybe(idText),
  name: filledText,
  language: filledText,
  category: maybe(v.string()),
  status: maybe(v.picklist(statuses)),
  header: maybe(v.string()),
  body: maybe(v.string()),
  buttons: maybe(v.array(button)),
});

/** The page's utility templates. Those that are listed without a status are approved ("Use an existing Page's template"). */
export const templates: Templates<Credentials> = {
  list: async (account) => {
    const graph = graphOf(account);
    const path = `${encodeURIComponent(graph.sender)}/message_templates`;
    const listed = await listFromGraph(graph, { path }, template);
    return listed.ok ? { ok: true, templates: listed.value.map(templateOf) } : listed;
  },
};

function templateOf({ name, language, status = 'APPROVED', header, buttons, ...more }: v.InferOutput<typeof template>) {
  const { id, category, body } = more;
  const found: ProviderTemplate = { name, language, status, ...compact({ id, category, body }) };
  if (header !== undefined) found.header = { format: 'TEXT', text: header };
  if (buttons) found.buttons = buttons.map(({ type, text, url }) => ({ type, text, ...compact({ url }) }));
  return found;
}
