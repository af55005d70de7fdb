import { file } from '../bodies.ts';
import { link, type SendCase } from '../cases.ts';
import { sent } from './sent.ts';

export const sends: SendCase[] = [
  sent('text', { type: 'text', text: 'تم تأكيد الطلب ✅' }, { type: 'text', text: { body: 'تم تأكيد الطلب ✅' } }),
  sent(
    'text with a link',
    { type: 'text', text: 'https://example.com' },
    { type: 'text', text: { body: 'https://example.com', preview_url: true } },
  ),
  sent(
    'reply',
    { type: 'text', text: 'نعم' },
    { type: 'text', text: { body: 'نعم' }, context: { message_id: 'wamid.Q' } },
    { replyTo: 'wamid.Q' },
  ),
  sent(
    'image',
    { type: 'image', media: link(file), text: 'فاتورة' },
    { type: 'image', image: { link: file, caption: 'فاتورة' } },
  ),
  sent('video', { type: 'video', media: link(file) }, { type: 'video', video: { link: file } }),
  sent(
    'voice',
    { type: 'audio', media: link(file, { voice: true }) },
    { type: 'audio', audio: { link: file, voice: true } },
  ),
  sent(
    'document',
    { type: 'document', media: link(file, { filename: 'عقد.pdf' }), text: 'العقد' },
    { type: 'document', document: { link: file, filename: 'عقد.pdf', caption: 'العقد' } },
  ),
  sent('sticker', { type: 'sticker', media: link(file) }, { type: 'sticker', sticker: { link: file } }),
  sent(
    'location',
    { type: 'location', latitude: 30.04, longitude: -31.2, name: 'Shop', address: 'Cairo' },
    { type: 'location', location: { latitude: '30.04', longitude: '-31.2', name: 'Shop', address: 'Cairo' } },
  ),
  sent(
    'contacts',
    {
      type: 'contacts',
      contacts: [{ name: 'أحمد سالم', phones: ['+201000000009'], emails: ['a@example.com'], organization: 'Nile' }],
    },
    {
      type: 'contacts',
      contacts: [
        {
          name: { formatted_name: 'أحمد سالم', first_name: 'أحمد' },
          phones: [{ phone: '+201000000009', type: 'CELL' }],
          emails: [{ email: 'a@example.com', type: 'WORK' }],
          org: { company: 'Nile' },
        },
      ],
    },
  ),
  sent(
    'reaction, which takes no context',
    { type: 'reaction', emoji: '👍', target: 'wamid.T' },
    { type: 'reaction', reaction: { message_id: 'wamid.T', emoji: '👍' } },
    { replyTo: 'wamid.Q' },
  ),
  sent(
    'reaction taken back',
    { type: 'reaction', emoji: null, target: 'wamid.T' },
    { type: 'reaction', reaction: { message_id: 'wamid.T', emoji: '' } },
  ),
  sent(
    'text with formatting',
    {
      type: 'text',
      text: 'Sale today',
      entities: [
        { type: 'bold', offset: 0, length: 4 },
        { type: 'italic', offset: 5, length: 5 },
      ],
    },
    { type: 'text', text: { body: '*Sale* _today_' } },
  ),
  sent(
    'to a customer without a phone',
    { type: 'text', text: 'hi' },
    { to: undefined, recipient: 'EG.1349870012345678', type: 'text', text: { body: 'hi' } },
    { to: { identities: [{ kind: 'bsuid', value: 'EG.1349870012345678' }] } },
  ),
  sent(
    'to a customer with both',
    { type: 'text', text: 'hi' },
    { type: 'text', text: { body: 'hi' } },
    {
      to: {
        identities: [
          { kind: 'bsuid', value: 'EG.1' },
          { kind: 'phone', value: '+201000000001' },
        ],
      },
    },
  ),
  sent(
    'to a group',
    { type: 'text', text: 'hi' },
    { recipient_type: 'group', to: 'Y2FwaQ', type: 'text', text: { body: 'hi' } },
    { to: { identities: [{ kind: 'group', value: 'Y2FwaQ' }] } },
  ),
];
