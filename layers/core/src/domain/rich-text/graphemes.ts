/** Where every UTF-16 unit is a character as people see it. */
const PLAIN = /^[\n\x20-\x7e]*$/;

/** The characters of a text as people see them: an emoji with its skin tone is one, a letter with its accents is one. */
export function* graphemes(text: string): Generator<string> {
  if (PLAIN.test(text)) yield* text;
  else for (const { segment } of segmentsOf(text)) yield segment;
}

/** Tells whether such a character starts at a place of the text. */
export function graphemeStarts(text: string): (at: number) => boolean {
  if (PLAIN.test(text)) return () => true;
  const starts = new Uint8Array(text.length + 1);
  for (const { index } of segmentsOf(text)) starts[index] = 1;
  return (at) => starts[at] === 1;
}

let segmenter: Intl.Segmenter | undefined;

/** Made for the first text that needs it, because that takes as long as importing a function does. */
function segmentsOf(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter();
  return segmenter.segment(text);
}
