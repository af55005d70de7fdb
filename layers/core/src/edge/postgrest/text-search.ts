/** One word or phrase that a text must hold, or must not. */
interface Term {
  words: string;
  negated: boolean;
}

const readers = { fts: readQuery, plfts: readPlain, phfts: readPhrase, wfts: readWeb };

export type TextSearch = keyof typeof readers;

/**
 * The test of a text search. Words are contained in the text whatever their case, accents and Arabic vowel signs;
 * there is no stemming, so the language in `fts(english)` changes nothing. A search without words finds nothing.
 */
export function textSearchTest(operator: TextSearch, query: string): (text: string) => boolean {
  const alternatives = readers[operator](query)
    .map((terms) => terms.map(({ words, negated }) => ({ words: normalize(words), negated })))
    .map((terms) => terms.filter(({ words }) => words !== ''))
    .filter((terms) => terms.length > 0);
  return (text) => {
    const normal = normalize(text);
    return alternatives.some((terms) => terms.every(({ words, negated }) => normal.includes(words) !== negated));
  };
}

/** to_tsquery: `fat & !'the cat' | dog:*`. Parentheses are not read, the parser refuses them. */
function readQuery(query: string): Term[][] {
  return query
    .split('|')
    .map((part) =>
      readTerms(part, /(?<not>!?)\s*(?:'(?<phrase>[^']*)'|(?<word>[^\s&!']+?)(?::[*\w]+)?(?=[\s&!']|$))/g),
    );
}

function readPlain(query: string): Term[][] {
  return [
    normalize(query)
      .split(' ')
      .map((words) => ({ words, negated: false })),
  ];
}

function readPhrase(query: string): Term[][] {
  return [[{ words: query, negated: false }]];
}

/** websearch_to_tsquery: `"sad cat" or -dog`. */
function readWeb(query: string): Term[][] {
  return query
    .split(/\sor\s(?=(?:[^"]*"[^"]*")*[^"]*$)/i)
    .map((part) => readTerms(part, /(?<not>(?<!\S)-)?(?:"(?<phrase>[^"]*)"|(?<word>[^\s"]+))/g));
}

function readTerms(text: string, pattern: RegExp): Term[] {
  return Array.from(text.matchAll(pattern), ({ groups }) => ({
    words: groups?.['phrase'] ?? groups?.['word'] ?? '',
    negated: Boolean(groups?.['not']),
  }));
}

/** Lower case words with single spaces between, without combining marks and the Arabic tatweel. */
function normalize(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/[\p{M}\u0640]/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
