import type { Template } from '../../domain/body.ts';
import type { Outgoing } from '../contract.ts';
import type { Json } from '../shared/http.ts';
import { contentOf, messagingTypeOf, quoteOf, reactionOf, recipientOf, type FileAt } from '../shared/meta-request.ts';
import { compact } from '../shared/read.ts';

/** The JSON of one send, or undefined when the customer has no address here or the body can't be sent. */
export function requestOf(outgoing: Outgoing, file?: FileAt): Json | undefined {
  const { to, body, reference, options } = outgoing;
  const recipient = recipientOf(to, 'psid');
  if (!recipient) return undefined;
  if (body.type === 'reaction') return { recipient, ...reactionOf(body) };
  const isTemplate = body.type === 'template';
  const content = isTemplate ? { template: templateOf(body.template) } : contentOf(body, file);
  return (
    content && {
      recipient,
      ...(isTemplate ? { messaging_type: 'UTILITY' } : messagingTypeOf(outgoing)),
      message: { ...content, metadata: reference },
      ...compact({ notification_type: options?.['notification_type'], persona_id: options?.['persona_id'] }),
      ...quoteOf(outgoing),
    }
  );
}

/** An approved utility template: the one message that may go to a customer who has been silent for long ("Utility messages"). */
function templateOf({ name, language, parameters, header, buttons = [] }: Template): Json {
  const components = [
    { type: 'header', parameters: textsOf(header && 'parameters' in header ? header.parameters : undefined) },
    { type: 'body', parameters: textsOf(parameters) },
    { type: 'buttons', parameters: buttons.toSorted((one, other) => one.index - other.index).map(buttonOf) },
  ].filter((component) => component.parameters.length > 0);
  return { name, language: { code: language }, ...(components.length > 0 && { components }) };
}

function textsOf(values: Template['parameters']): Json[] {
  if (Array.isArray(values)) return values.map((text) => ({ type: 'text', text }));
  return Object.entries(values ?? {}).map(([key, text]) => ({ type: 'text', parameter_name: key, text }));
}

/** The buttons that have something to fill in, in their order: what a link ends in, or what a tap sends back. */
function buttonOf({ url, payload }: NonNullable<Template['buttons']>[number]): Json {
  return url === undefined ? { type: 'POSTBACK', payload } : { type: 'URL', url };
}
