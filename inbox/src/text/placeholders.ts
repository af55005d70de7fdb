type Values = Readonly<Record<string, string | null | undefined>>;

const NAME = String.raw`[\p{L}\p{N}_][\p{L}\p{M}\p{N}_.]*`;
const VARIABLE = new RegExp(String.raw`\{\{\s*(${NAME})\s*(?:\|([^{}]*))?\}\}|(?<!\{)\{(${NAME})\}`, 'gu');

/** A text with the variables filled in whose values are known; the others stay, for the agent to see. */
export function fillKnown(text: string, values: Values): string {
  return text.replaceAll(VARIABLE, (whole: string, double?: string, fallback?: string, single?: string) => {
    const name = double ?? single ?? '';
    const known = Object.hasOwn(values, name) ? values[name] : undefined;
    return known || (fallback ?? whole);
  });
}

/** The variables of a provider's template, each once, in the order they come. */
export function placesIn(text: string | null | undefined): string[] {
  return [...new Set(Array.from((text ?? '').matchAll(/\{\{\s*(\w+)\s*\}\}/g), ([, name = '']) => name))];
}
