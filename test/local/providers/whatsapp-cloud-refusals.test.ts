import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { fc } from '../../support/properties.ts';
import { among, templates } from '../../../local/src/providers/whatsapp_cloud/templates.ts';
import { checkMessage } from '../../../local/src/providers/whatsapp_cloud/validate.ts';
import { at, startRig, type Answered } from './rig.ts';

const rig = await startRig();
after(() => rig.close());

const { cloud } = rig;
const path = `/whatsapp_cloud/v26.0/${cloud.phone_number_id}/messages`;
const auth = { authorization: `Bearer ${cloud.access_token}` };
const base = { messaging_product: 'whatsapp', to: '+201000000001' };

before(() => rig.call('POST', '/whatsapp_cloud/phones/mona/messages', { account: cloud.external_id, text: 'hello' }));

function send(message: object): Promise<Answered> {
  return rig.call('POST', path, { ...base, ...message }, auth);
}

function text(body: unknown, more: object = {}): object {
  return { type: 'text', text: { body, ...more } };
}

function buttons(list: object[], more: object = {}): object {
  return {
    type: 'interactive',
    interactive: { type: 'button', body: { text: 'Pick' }, action: { buttons: list }, ...more },
  };
}

function reply(id: string, title: string): object {
  return { type: 'reply', reply: { id, title } };
}

function rows(count: number, more: object = {}): object {
  const list = Array.from({ length: count }, (_row, index) => ({ id: `r${index}`, title: `Row ${index}`, ...more }));
  return {
    type: 'interactive',
    interactive: {
      type: 'list',
      body: { text: 'Pick' },
      action: { button: 'Open', sections: [{ title: 'S', rows: list }] },
    },
  };
}

function template(name: string, components: object[] = [], code = 'en_US'): object {
  return { type: 'template', template: { name, language: { code }, ...(components.length > 0 && { components }) } };
}

function body(...values: unknown[]): object {
  return { type: 'body', parameters: values.map((value) => ({ type: 'text', text: value })) };
}

const refused: [what: string, message: object, code: number][] = [
  ['another product', { messaging_product: 'messenger', ...text('x') }, 100],
  ['no recipient', { to: undefined, ...text('x') }, 100],
  ['a recipient with letters', { to: 'mona', ...text('x') }, 131009],
  ['itself', { to: '+15550100001', ...text('x') }, 131021],
  ['an unknown type', { type: 'fax', fax: {} }, 100],
  ['an unknown member', { ...text('x'), priority: 1 }, 100],
  ['an unknown member of the text', text('x', { colour: 'red' }), 100],
  ['an empty text', text(''), 100],
  ['a text of 4097', text('x'.repeat(4097)), 100],
  ['a text that is none', text(7), 100],
  ['a reference of 513', { ...text('x'), biz_opaque_callback_data: 'x'.repeat(513) }, 100],
  ['a context without id', { ...text('x'), context: {} }, 100],
  ['an image by id and link', { type: 'image', image: { id: '1', link: 'https://example.com/a.png' } }, 100],
  ['an image by neither', { type: 'image', image: {} }, 100],
  ['an image nobody uploaded', { type: 'image', image: { id: '4490709327384033' } }, 100],
  ['a link that is none', { type: 'image', image: { link: 'ftp://example.com/a.png' } }, 100],
  [
    'a caption of 1025',
    { type: 'image', image: { link: 'https://example.com/a.png', caption: 'x'.repeat(1025) } },
    100,
  ],
  ['a caption on audio', { type: 'audio', audio: { link: 'https://example.com/a.ogg', caption: 'x' } }, 100],
  ['a latitude of 91', { type: 'location', location: { latitude: 91, longitude: 0 } }, 131009],
  [
    'a contact with a formatted name only',
    { type: 'contacts', contacts: [{ name: { formatted_name: 'Ana' } }] },
    131009,
  ],
  ['no contacts', { type: 'contacts', contacts: [] }, 100],
  ['a reaction with a word', { type: 'reaction', reaction: { message_id: 'wamid.x', emoji: 'ok' } }, 131009],
  ['four buttons', buttons([1, 2, 3, 4].map((n) => reply(`${n}`, `B${n}`))), 131009],
  ['a button title of 21', buttons([reply('a', 'x'.repeat(21))]), 131009],
  ['two buttons of one id', buttons([reply('a', 'A'), reply('a', 'B')]), 131009],
  ['a header of 61', buttons([reply('a', 'A')], { header: { type: 'text', text: 'x'.repeat(61) } }), 131009],
  ['a button body of 1025', buttons([reply('a', 'A')], { body: { text: 'x'.repeat(1025) } }), 131009],
  ['eleven rows', rows(11), 131009],
  ['a row title of 25', rows(1, { title: 'x'.repeat(25) }), 131009],
  ['a row description of 73', rows(1, { description: 'x'.repeat(73) }), 131009],
  ['an unknown interactive type', { type: 'interactive', interactive: { type: 'poll', action: {} } }, 131009],
  ['an unknown template', template('nothing'), 132001],
  ['a template in another language', template('hello_world', [], 'fr'), 132001],
  ['a template that waits for approval', template('new_offer'), 132001],
  ['a paused template', template('paused_offer'), 132015],
  ['a disabled template', template('disabled_offer'), 132016],
  ['too few values', template('order_update', [body('Ana')]), 132000],
  ['too many values', template('hello_world', [body('Ana')]), 132000],
  ['a value with a newline', template('order_update', [body('Ana\n', '#1')]), 100],
  ['a value with four spaces', template('order_update', [body('A    na', '#1')]), 100],
  ['a text where an image belongs', template('order_photo', [{ ...body('x'), type: 'header' }, body('Ana')]), 132012],
  ['a value too long for the text', template('order_update', [body('x'.repeat(1020), '#1')]), 132005],
  [
    'a named value without its name',
    template('reservation', [{ ...body('Ana'), type: 'header' }, body('Fri', 'Ana')]),
    100,
  ],
  ['a coupon left out', template('spring_sale', [body('20%')]), 131008],
];

for (const [what, message, code] of refused) {
  test(`refuses ${what} with ${code}`, async () => {
    const answer = await send(message);
    assert.equal(at(answer.body, 'error.code'), code, JSON.stringify(answer.body));
    assert.equal(answer.status, code === 132001 ? 404 : 400);
    assert.equal(at(answer.body, 'error.type'), 'OAuthException');
    assert.match(String(at(answer.body, 'error.fbtrace_id')), /^[\w-]{12}$/);
  });
}

test('takes what is just inside the limits', async () => {
  const named = [{ type: 'header', parameters: [{ type: 'text', parameter_name: 'first_name', text: 'Ana' }] }];
  const namedBody = {
    type: 'body',
    parameters: [
      { type: 'text', parameter_name: 'first_name', text: 'Ana' },
      { type: 'text', parameter_name: 'date', text: 'Friday' },
    ],
  };
  const fit = [
    text('x'.repeat(4096)),
    text('😀'.repeat(4096)),
    rows(10),
    template('order_update', [body('Ana', '#1')]),
    template('reservation', [...named, namedBody]),
  ];
  for (const message of fit) {
    const answer = await send(message);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
  }
});

test('a wrong token is 190 with 401, an unknown number 100/33 with 400', async () => {
  const wrong = await rig.call('POST', path, base, { authorization: 'Bearer other' });
  assert.deepEqual([wrong.status, at(wrong.body, 'error.code')], [401, 190]);
  assert.equal((await rig.call('POST', path, base)).status, 401);
  const unknown = await rig.call('POST', '/whatsapp_cloud/v26.0/999/messages', base, auth);
  assert.deepEqual(
    [unknown.status, at(unknown.body, 'error.code'), at(unknown.body, 'error.error_subcode')],
    [400, 100, 33],
  );
  assert.equal((await rig.call('POST', path, 'not json', auth)).status, 400);
});

test('the number and its templates can be read', async () => {
  const number = await rig.call(
    'GET',
    `/whatsapp_cloud/v26.0/${cloud.phone_number_id}?fields=display_phone_number`,
    undefined,
    auth,
  );
  assert.deepEqual(number.body, { display_phone_number: cloud.display_phone_number, id: cloud.phone_number_id });
  const list = await rig.call(
    'GET',
    `/whatsapp_cloud/v26.0/${cloud.waba_id}/message_templates?status=PAUSED&fields=name`,
    undefined,
    auth,
  );
  assert.deepEqual(at(list.body, 'data'), [{ id: '1008', name: 'paused_offer' }]);
  assert.equal(
    (await rig.call('POST', `/whatsapp_cloud/v26.0/${cloud.waba_id}/subscribed_apps`, {}, auth)).status,
    200,
  );
});

test('any JSON is answered, never thrown at', () => {
  const kinds = ['text', 'image', 'location', 'contacts', 'reaction', 'interactive', 'template'];
  const messages = fc.tuple(fc.constantFrom(...kinds), fc.jsonValue(), fc.jsonValue());
  fc.assert(
    fc.property(messages, ([type, value, context]) => {
      const message = { messaging_product: 'whatsapp', to: '+201000000001', type, [type]: value, context };
      const problem = checkMessage(message, among(templates));
      assert.ok(problem === undefined || problem.code >= 100);
    }),
    { numRuns: 300 },
  );
});
