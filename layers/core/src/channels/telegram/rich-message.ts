/** Deeper blocks than people write; bounds the walk over untrusted input. */
const MAX_DEPTH = 32;

/** The plain text of a rich message (Bot API 10.1): a tree of blocks, each with `text`, `blocks`, `items`, `cells` or the like. */
export function flatten(rich: unknown): string {
  return linesOf(rich, MAX_DEPTH)
    .map((line) => line.trim())
    .filter(Boolean)
    .join('\n');
}

function linesOf(node: unknown, depth: number): string[] {
  if (typeof node !== 'object' || node === null || depth === 0) return [];
  if (Array.isArray(node)) return node.flatMap((child) => linesOf(child, depth - 1));
  const { text, ...rest } = node as Record<string, unknown>;
  return [inlineOf(text, depth), ...Object.values(rest).flatMap((child) => linesOf(child, depth - 1))];
}

/** Rich text is a string, a list of rich texts, or an object that styles the rich text in its `text`. */
function inlineOf(node: unknown, depth: number): string {
  if (typeof node === 'string') return node;
  if (typeof node !== 'object' || node === null || depth === 0) return '';
  if (Array.isArray(node)) return node.map((child) => inlineOf(child, depth - 1)).join('');
  return inlineOf((node as Record<string, unknown>)['text'], depth - 1);
}
