import type { Template } from '../../domain/body.ts';
import type { Outgoing } from '../contract.ts';
import { contentOf, reactionOf, recipientOf, type Json } from '../shared/meta-request.ts';

/** The JSON of one send, or undefined when the customer has no address here or the body can't be sent. */
export function requestOf({ to, body, reference, replyTo }: Outgoing): Json | undefined {
  const recipient = recipientOf(to, 'psid');
  if (!recipient) return undefined;
  if (body.type === 'reaction') return { recipient, ...reactionOf(body) };
  const isTemplate = body.type === 'template';
  const content = isTemplate ? { template: templateOf(body.template) } : contentOf(body);
  return (
    content && {
      recipient,
      messaging_type: isTemplate ? 'UTILITY' : 'RESPONSE',
      message: { ...content, metadata: reference },
      ...(replyTo && { reply_to: { mid: replyTo.providerMessageId } }),
    }
  );
}

/** An approved utility template: the one message that may go to a customer who has been silent for long. */
function templateOf({ name, language, parameters }: Template): Json {
  const values = Array.isArray(parameters)
    ? parameters.map((text) => ({ type: 'text', text }))
    : Object.entries(parameters ?? {}).map(([key, text]) => ({ type: 'text', parameter_name: key, text }));
  const components = values.length > 0 ? { components: [{ type: 'body', parameters: values }] } : {};
  return { name, language: { code: language }, ...components };
}
