import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { newChannelAccountId, newOrganizationId } from '@parley/core/domain/id.ts';
import { findTemplate, saveTemplateNews } from '@parley/core/store/templates.ts';
import { ownTable } from '../support/own-table.ts';

const table = await ownTable();
after(() => table.close());

const account = { organizationId: newOrganizationId(), id: newChannelAccountId() };
const language = 'ar';

test('of two webhooks about a template that come at once both are kept', async () => {
  for (const name of Array.from({ length: 20 }, (_, index) => `offer_${index}`)) {
    await saveTemplateNews(account, { name, language, status: 'APPROVED', category: 'UTILITY' });
    await Promise.all([
      saveTemplateNews(account, { name, language, status: 'PAUSED', reason: 'customers block it' }),
      saveTemplateNews(account, { name, language, quality: 'RED' }),
      saveTemplateNews(account, { name, language, category: 'MARKETING' }),
    ]);
    assert.deepEqual(await findTemplate(account, { name, language }), {
      name,
      language,
      status: 'PAUSED',
      reason: 'customers block it',
      quality: 'RED',
      category: 'MARKETING',
    });
  }
});

test('why it was paused holds for as long as it is', async () => {
  const named = { name: 'reminder', language };
  await saveTemplateNews(account, { ...named, status: 'PAUSED', reason: 'customers block it' });
  await saveTemplateNews(account, { ...named, quality: 'YELLOW' });
  assert.equal((await findTemplate(account, named))?.reason, 'customers block it');
  await saveTemplateNews(account, { ...named, status: 'APPROVED' });
  assert.deepEqual(await findTemplate(account, named), { ...named, status: 'APPROVED', quality: 'YELLOW' });
});
