import { FENCE, SHIELD, canClose, canOpen, isGap, typeOfMark } from './whatsapp-marks.ts';
import { addressEnd } from './words.ts';

/** A part of a text: marks that are meant as such, or words as somebody wrote them. */
export interface Piece {
  text: string;
  ours: boolean;
}

/** Joins the pieces, with zero-width spaces beside each sign of the words that would be read as a mark. */
export function shield(pieces: Piece[]): string {
  const text = pieces.map((piece) => piece.text).join('');
  const ours = oursIn(pieces, text.length);
  let start = 0;
  const lines = text.split('\n').map((line) => {
    const from = start;
    start += line.length + 1;
    return shieldLine(line, (at) => ours[from + at] === 1);
  });
  return lines.join('\n');
}

function oursIn(pieces: Piece[], length: number): Uint8Array {
  const ours = new Uint8Array(length);
  let at = 0;
  for (const { text, ours: isOurs } of pieces) {
    if (isOurs) ours.fill(1, at, at + text.length);
    at += text.length;
  }
  return ours;
}

function shieldLine(line: string, isOurs: (at: number) => boolean): string {
  const signs = signsOf(line);
  const risky = new Set(riskyOf(line, signs, isOurs));
  let text = line.startsWith('> ') && !isOurs(0) ? SHIELD : '';
  let from = 0;
  for (const at of signs.filter((sign) => risky.has(sign))) {
    const before = isGap(line[at - 1]) ? '' : SHIELD;
    const after = isGap(line[at + 1]) ? '' : SHIELD;
    text += `${line.slice(from, at)}${before}${line[at]}${after}`;
    from = at + 1;
  }
  return text + line.slice(from);
}

/** Places of what looks like a mark, outside of addresses. */
function signsOf(line: string): number[] {
  const signs: number[] = [];
  for (let at = 0; at < line.length; at += 1) {
    const end = addressEnd(line, at);
    if (end > at) at = end - 1;
    else if (typeOfMark(line[at] ?? '') !== undefined) signs.push(at);
  }
  return signs;
}

/** Signs of the words that would open with something to close them, close what is open, or make a fence. */
function riskyOf(line: string, signs: number[], isOurs: (at: number) => boolean): number[] {
  const lastClose = new Map(signs.filter((at) => canClose(line, at)).map((at) => [line[at], at]));
  const opened = new Set<string | undefined>();
  return signs.filter((at) => {
    const sign = line[at];
    if (isOurs(at)) {
      if (!opened.delete(sign)) opened.add(sign);
      return false;
    }
    const opens = canOpen(line, at) && (lastClose.get(sign) ?? -1) > at;
    const closes = canClose(line, at) && opened.has(sign);
    return opens || closes || inFence(line, at);
  });
}

function inFence(line: string, at: number): boolean {
  if (line[at] !== '`') return false;
  return [at - 2, at - 1, at].some((start) => start >= 0 && line.startsWith(FENCE, start));
}
