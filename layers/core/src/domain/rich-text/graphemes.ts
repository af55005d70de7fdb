const segmenter = new Intl.Segmenter();

/** The characters of a text as people see them: an emoji with its skin tone is one, a letter with its accents is one. */
export function* graphemes(text: string): Generator<string> {
  for (const { segment } of segmenter.segment(text)) yield segment;
}

/** Tells whether such a character starts at a place of the text. */
export function graphemeStarts(text: string): (at: number) => boolean {
  if (/^[\n\x20-\x7e]*$/.test(text)) return () => true;
  const starts = new Uint8Array(text.length + 1);
  for (const { index } of segmenter.segment(text)) starts[index] = 1;
  return (at) => starts[at] === 1;
}
