import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import test from 'node:test';

const docs = new URL('../../docs/', import.meta.url);

for (const name of ['api.md', ...globSync('api/*.md', { cwd: docs })]) {
  test(`the links of docs/${name} lead to pages and headings that there are`, () => {
    const page = new URL(name, docs);
    const links = [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => new URL(link, page));
    assert.deepEqual(links.filter((link) => !leadsSomewhere(link)).map(String), []);
  });
}

function leadsSomewhere(link: URL): boolean {
  if (link.protocol !== 'file:') return true;
  const page = new URL(link.pathname, docs);
  return existsSync(page) && (link.hash === '' || headingsOf(textOf(page)).includes(link.hash.slice(1)));
}

/** As GitHub names the places of headings. */
function headingsOf(page: string): string[] {
  const headings = [...page.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function textOf(page: URL): string {
  return readFileSync(page, 'utf8');
}
