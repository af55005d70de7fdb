export const statuses = ['APPROVED', 'PAUSED', 'DISABLED', 'PENDING', 'REJECTED', 'IN_APPEAL', 'FLAGGED'] as const;
export const categories = ['UTILITY', 'MARKETING', 'AUTHENTICATION'] as const;

/** A template as `GET /{waba}/message_templates` lists it. */
export interface Template {
  id: string;
  name: string;
  language: string;
  status: (typeof statuses)[number];
  category: (typeof categories)[number];
  parameter_format: 'POSITIONAL' | 'NAMED';
  quality_score?: { score: string };
  rejected_reason?: string;
  components: TemplatePart[];
}

/** The template that a message names, if the business account has it. */
export type FindTemplate = (name: unknown, language: unknown) => Template | undefined;

export type TemplatePart =
  | { type: 'HEADER'; format: 'TEXT' | 'IMAGE' | 'VIDEO' | 'DOCUMENT' | 'LOCATION'; text?: string }
  | { type: 'BODY'; text: string }
  | { type: 'FOOTER'; text: string }
  | { type: 'BUTTONS'; buttons: TemplateButton[] };

export interface TemplateButton {
  type: 'QUICK_REPLY' | 'URL' | 'PHONE_NUMBER' | 'COPY_CODE';
  text: string;
  url?: string;
  phone_number?: string;
}

const orderButtons: TemplatePart = {
  type: 'BUTTONS',
  buttons: [
    { type: 'QUICK_REPLY', text: 'Call me' },
    { type: 'URL', text: 'Track', url: 'https://example.com/orders/{{1}}' },
  ],
};

/** The templates every WhatsApp account here begins with. */
export const templates: readonly Template[] = [
  approved('1001', 'hello_world', 'en_US', 'UTILITY', [
    { type: 'HEADER', format: 'TEXT', text: 'Hello World' },
    { type: 'BODY', text: 'Welcome and congratulations!! This message demonstrates your ability to send a message.' },
    { type: 'FOOTER', text: 'WhatsApp Business Platform sample message' },
  ]),
  approved('1002', 'order_update', 'en_US', 'UTILITY', [
    { type: 'BODY', text: 'Hi {{1}}, your order {{2}} is on its way.' },
  ]),
  approved('1003', 'order_update', 'ar', 'UTILITY', [
    { type: 'BODY', text: 'مرحبا {{1}}، طلبك رقم {{2}} في الطريق إليك.' },
  ]),
  approved('1004', 'order_photo', 'en_US', 'UTILITY', [
    { type: 'HEADER', format: 'IMAGE' },
    { type: 'BODY', text: 'Here is your order, {{1}}.' },
    orderButtons,
  ]),
  {
    ...approved('1005', 'reservation', 'en_US', 'UTILITY', [
      { type: 'HEADER', format: 'TEXT', text: 'See you, {{first_name}}' },
      { type: 'BODY', text: 'Your table is booked for {{date}}, {{first_name}}.' },
    ]),
    parameter_format: 'NAMED',
  },
  approved('1006', 'login_code', 'en_US', 'AUTHENTICATION', [
    { type: 'BODY', text: '*{{1}}* is your verification code.' },
    {
      type: 'BUTTONS',
      buttons: [{ type: 'URL', text: 'Copy code', url: 'https://www.whatsapp.com/otp/code/?code=otp{{1}}' }],
    },
  ]),
  approved('1007', 'spring_sale', 'en_US', 'MARKETING', [
    { type: 'BODY', text: 'Spring sale: {{1}} off everything.' },
    { type: 'FOOTER', text: 'Reply STOP to opt out' },
    { type: 'BUTTONS', buttons: [{ type: 'COPY_CODE', text: 'Copy code' }] },
  ]),
  {
    ...approved('1008', 'paused_offer', 'en_US', 'MARKETING', [{ type: 'BODY', text: 'An offer.' }]),
    status: 'PAUSED',
  },
  {
    ...approved('1009', 'disabled_offer', 'en_US', 'MARKETING', [{ type: 'BODY', text: 'An offer.' }]),
    status: 'DISABLED',
  },
  { ...approved('1010', 'new_offer', 'en_US', 'MARKETING', [{ type: 'BODY', text: 'An offer.' }]), status: 'PENDING' },
];

/** One whose words go to customers: a warning does not stop it. */
export function isSendable({ status }: Template): boolean {
  return status === 'APPROVED' || status === 'FLAGGED';
}

/** Finds among these. */
export function among(list: readonly Template[]): FindTemplate {
  return (name, language) => list.find((template) => template.name === name && template.language === language);
}

function approved(
  id: string,
  name: string,
  language: string,
  category: Template['category'],
  components: TemplatePart[],
): Template {
  return { id, name, language, status: 'APPROVED', category, parameter_format: 'POSITIONAL', components };
}
