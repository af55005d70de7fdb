import sanitizeHtml from 'sanitize-html';
import { decoded } from '../../shared/file.ts';
import { isTooMuch } from './html-text.ts';

/**
 * HTML that can be shown: no scripts, nothing that loads by itself. A picture of the mail keeps its name in `data-cid`, one from
 * elsewhere its address in `data-src`: whoever shows it decides. Undefined when it is more than can be gone through.
 */
export function sanitise(html: string): string | undefined {
  if (isTooMuch(html)) return undefined;
  const clean = sanitizeHtml(html, rules).trim();
  return clean === '' ? undefined : clean;
}

const text =
  'a abbr address b bdi bdo big blockquote br center cite code del dd div dl dt em figcaption figure font h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strike strong sub sup u ul';
const tables = 'table caption colgroup col thead tbody tfoot tr th td';
const color = /^(?:#[0-9a-f]{3,8}|[a-z]{3,30}|rgba?\([\d\s.,%]{3,40}\))$/i;
const size =
  /^(?:\d{1,4}(?:\.\d{1,3})?(?:px|pt|em|rem|%)?|auto)(?: (?:\d{1,4}(?:\.\d{1,3})?(?:px|pt|em|rem|%)?|auto)){0,3}$/i;
const word = /^[a-z-]{1,30}$/i;
const font = /^[\p{L}\p{N}\s'",-]{1,200}$/u;

const rules: sanitizeHtml.IOptions = {
  allowedTags: `${text} ${tables}`.split(' '),
  allowedAttributes: {
    a: ['href', 'rel', 'target'],
    img: ['alt', 'width', 'height', 'data-cid', 'data-src'],
    font: ['color', 'size', 'face'],
    ol: ['start', 'type'],
    td: ['colspan', 'rowspan'],
    th: ['colspan', 'rowspan'],
    table: ['border', 'cellpadding', 'cellspacing'],
    '*': ['dir', 'lang', 'align', 'valign', 'width', 'height', 'bgcolor', 'style'],
  },
  allowedStyles: {
    '*': {
      color: [color],
      'background-color': [color],
      'font-size': [size],
      'font-weight': [/^(?:\d{3}|[a-z]{4,8})$/i],
      'font-style': [word],
      'font-family': [font],
      'text-align': [word],
      'text-decoration': [word],
      'vertical-align': [word],
      direction: [/^(?:rtl|ltr)$/i],
      'line-height': [size],
      width: [size],
      'max-width': [size],
      height: [size],
      padding: [size],
      'padding-top': [size],
      'padding-right': [size],
      'padding-bottom': [size],
      'padding-left': [size],
      margin: [size],
      'margin-top': [size],
      'margin-right': [size],
      'margin-bottom': [size],
      'margin-left': [size],
      'border-collapse': [word],
    },
  },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowProtocolRelative: false,
  nestingLimit: 100,
  disallowedTagsMode: 'discard',
  nonTextTags: ['script', 'style', 'textarea', 'option', 'noscript', 'title', 'head', 'template'],
  transformTags: {
    a: (tagName, attributes) => ({ tagName, attribs: link(attributes) }),
    img: (tagName, attributes) => ({ tagName, attribs: picture(attributes) }),
  },
};

function link({ href, dir }: sanitizeHtml.Attributes): sanitizeHtml.Attributes {
  const target = (href ?? '').trim();
  const attribs: sanitizeHtml.Attributes = { rel: 'noopener noreferrer nofollow', target: '_blank' };
  if (dir !== undefined) attribs['dir'] = dir;
  if (/^(?:https?:|mailto:|tel:)/i.test(target)) attribs['href'] = target;
  return attribs;
}

/** What has been cleaned already is left as it is. */
function picture({ src, alt, width, height, ...kept }: sanitizeHtml.Attributes): sanitizeHtml.Attributes {
  const attribs: sanitizeHtml.Attributes = { alt: alt ?? '' };
  if (width !== undefined) attribs['width'] = width;
  if (height !== undefined) attribs['height'] = height;
  const from = (src ?? kept['data-src'] ?? '').trim();
  if (src === undefined && kept['data-cid'] !== undefined) attribs['data-cid'] = kept['data-cid'];
  if (/^cid:/i.test(from)) attribs['data-cid'] = decoded(from.slice(4));
  else if (/^https:\/\//i.test(from)) attribs['data-src'] = from;
  return attribs;
}
