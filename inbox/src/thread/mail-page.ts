import type { MailFilePart } from '../api/message-parts.ts';

interface Options {
  files: MailFilePart[];
  /** whether pictures that lie elsewhere are loaded */
  pictures: boolean;
}

/** A page of a mail's HTML, which was cleaned when it came: its own pictures are there, others where wanted. The policy forbids all else. */
export function pageOf(html: string, { files, pictures }: Options): string {
  const page = new DOMParser().parseFromString(html, 'text/html');
  for (const image of page.querySelectorAll('img[data-cid]')) {
    const own = files.find(({ content_id }) => content_id === image.getAttribute('data-cid'));
    if (own?.url) image.setAttribute('src', new URL(own.url, location.href).href);
  }
  for (const image of pictures ? page.querySelectorAll('img[data-src]') : []) {
    const from = image.getAttribute('data-src') ?? '';
    if (from.startsWith('https://')) image.setAttribute('src', from);
  }
  const own = [...new Set(files.flatMap(({ url }) => (url ? [new URL(url, location.href).origin] : [])))].join(' ');
  const policy = `default-src 'none'; style-src 'unsafe-inline'; img-src ${own} ${pictures ? 'https:' : ''}`;
  const style = 'body{font:15px/1.5 system-ui,sans-serif;margin:8px;overflow-wrap:anywhere}img{max-width:100%}';
  return `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="referrer" content="no-referrer"><style>${style}</style><body dir="auto">${page.body.innerHTML}</body>`;
}

export function hasPicturesElsewhere(html: string): boolean {
  return html.includes(' data-src="https://');
}
