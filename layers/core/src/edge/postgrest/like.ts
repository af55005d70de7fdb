const any = Symbol('%');
const one = Symbol('_');
type Token = string | typeof any | typeof one;

/**
 * The test of a like pattern, `*` being PostgREST's spelling of `%`; undefined when the pattern ends in its escape
 * character. Takes time proportional to pattern times text, whatever the pattern.
 */
export function likeTest(pattern: string, ignoreCase: boolean): ((text: string) => boolean) | undefined {
  const tokens = tokenize(ignoreCase ? pattern.toLowerCase() : pattern);
  if (!tokens) return undefined;
  return (text) => matches(tokens, Array.from(ignoreCase ? text.toLowerCase() : text));
}

function tokenize(pattern: string): Token[] | undefined {
  const tokens: Token[] = [];
  const characters = Array.from(pattern.replaceAll('*', '%'))[Symbol.iterator]();
  for (const character of characters) {
    const escaped = character === '\\' ? characters.next() : undefined;
    if (escaped?.done) return undefined;
    tokens.push(escaped ? escaped.value : wildcard(character));
  }
  return tokens;
}

function wildcard(character: string): Token {
  if (character === '%') return any;
  return character === '_' ? one : character;
}

/** Greedy matching that only ever returns to the last `%`. */
function matches(tokens: readonly Token[], text: readonly string[]): boolean {
  let token = 0;
  let position = 0;
  let retry: { token: number; position: number } | undefined;
  while (position < text.length) {
    const expected = tokens[token];
    if (expected === any) {
      retry = { token: ++token, position };
    } else if (expected !== undefined && (expected === one || expected === text[position])) {
      token++;
      position++;
    } else if (retry) {
      token = retry.token;
      position = ++retry.position;
    } else return false;
  }
  return tokens.slice(token).every((rest) => rest === any);
}
