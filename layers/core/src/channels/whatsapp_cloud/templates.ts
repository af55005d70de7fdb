import * as v from 'valibot';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { ProviderTemplate } from '../../domain/provider-template.ts';
import type { Templates } from '../contract.ts';
import { listAll, page } from '../shared/meta-list.ts';
import { compact, idText, maybe, object, readAs } from '../shared/read.ts';
import { ask, noBusiness, pathOf } from './call.ts';
import type { Credentials } from './credentials.ts';
import { statusOfTemplate } from './template-status.ts';

type Account = ConnectedAccount<Credentials>;

const text = maybe(v.string());

const template = object({
  id: maybe(idText),
  name: v.string(),
  language: v.string(),
  status: v.string(),
  category: text,
  quality_score: maybe(object({ score: text })),
  rejected_reason: text,
  components: maybe(v.array(v.unknown())),
});

const component = object({ type: v.string(), format: text, text, buttons: maybe(v.array(v.unknown())) });
const button = object({ type: v.string(), text, url: text });

const FIELDS = 'id,name,language,status,category,components,parameter_format,quality_score,rejected_reason';

/** The templates that Meta keeps for the business account: at most 6000 ("Template management"). */
export const templates: Templates<Credentials> = {
  list: async (account) => {
    const listed = await listFrom(account);
    // a list that changed while it was read has to be read from its start
    return listed.ok || listed.error.providerCode !== '131059' ? listed : listFrom(account);
  },
};

async function listFrom(account: Account): ReturnType<Templates<Credentials>['list']> {
  const { waba_id: business } = account.credentials;
  if (business === undefined) return noBusiness;
  const call = { method: 'GET', path: pathOf(business, 'message_templates') } as const;
  const listed = await listAll((more) => ask(account, { ...call, query: { fields: FIELDS, ...more } }, page), template);
  return listed.ok ? { ok: true, templates: listed.value.map(templateOf) } : listed;
}

/** A state that is new to us is none in which a template can be sent. FLAGGED ones still can. */
function templateOf(known: v.InferOutput<typeof template>): ProviderTemplate {
  const { id, name, language, category, rejected_reason: reason } = known;
  const status = known.status === 'FLAGGED' ? 'APPROVED' : (statusOfTemplate(known.status) ?? 'PENDING');
  const parts = (known.components ?? []).flatMap((one) => readAs(component, one) ?? []);
  const quality = known.quality_score?.score;
  return {
    name,
    language,
    status,
    ...compact({ id, category, quality, reason: reason === 'NONE' ? undefined : reason }),
    ...contentOf(parts),
  };
}

type Part = v.InferOutput<typeof component>;
type Content = Pick<ProviderTemplate, 'header' | 'body' | 'footer' | 'buttons'>;

function contentOf(parts: Part[]): Content {
  const partOf = (type: string) => parts.find((part) => part.type === type);
  const header = headerOf(partOf('HEADER'));
  const buttons = partOf('BUTTONS')?.buttons?.flatMap((raw) => buttonOf(raw));
  return compact({ header, body: partOf('BODY')?.text, footer: partOf('FOOTER')?.text, buttons });
}

const formats = ['TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT', 'LOCATION'] as const;

function headerOf(part: Part | undefined): Content['header'] | undefined {
  const format = formats.find((one) => one === part?.format);
  return format && { format, ...compact({ text: part?.text }) };
}

function buttonOf(raw: unknown): NonNullable<Content['buttons']> {
  const known = readAs(button, raw);
  return known ? [{ type: known.type, text: known.text ?? '', ...compact({ url: known.url }) }] : [];
}
