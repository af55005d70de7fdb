import { crc32, deflateSync } from 'node:zlib';

/** QR version 5, error correction L: one block of 108 data and 26 correction codewords (ISO/IEC 18004). */
const size = 37;
const dataCodewords = 108;
const correctionCodewords = 26;
const alignment = 30;
/** Format information of level L with mask 0, most significant bit first. */
const format = '111011111000100';

/** A PNG of the QR code that says `text` (at most 106 bytes). */
export function qrPng(text: string): Buffer {
  return png(matrixOf(text));
}

/** The modules, row by row; true is dark. */
export function matrixOf(text: string): boolean[][] {
  const modules: (boolean | undefined)[][] = Array.from({ length: size }, () => Array.from({ length: size }));
  drawPatterns(modules);
  const isFree = modules.map((row) => row.map((module) => module === undefined));
  const bits = [...codewordsOf(text)].flatMap((word) =>
    [7, 6, 5, 4, 3, 2, 1, 0].map((bit) => ((word >> bit) & 1) === 1),
  );
  let next = 0;
  for (const [row, column] of zigzag()) {
    if (!isFree[row]?.[column]) continue;
    const isMasked = (row + column) % 2 === 0;
    modules[row]![column] = (bits[next] ?? false) !== isMasked;
    next += 1;
  }
  return modules.map((row) => row.map(Boolean));
}

/** Byte mode, 8-bit length, padding, then Reed-Solomon correction. */
function codewordsOf(text: string): Uint8Array {
  const bytes = Buffer.from(text);
  if (bytes.length > 106) throw new RangeError('a QR code of version 5-L holds 106 bytes');
  const nibbles = [4, bytes.length >> 4, bytes.length & 15, ...[...bytes].flatMap((byte) => [byte >> 4, byte & 15]), 0];
  const data = nibbles.flatMap((nibble, index) => (index % 2 === 0 ? [(nibble << 4) | (nibbles[index + 1] ?? 0)] : []));
  for (let pad = 0xec; data.length < dataCodewords; pad ^= 0xec ^ 0x11) data.push(pad);
  return Uint8Array.from([...data, ...correctionOf(data)]);
}

/** Product in GF(256) modulo x^8+x^4+x^3+x^2+1. */
function times(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ ((product >> 7) * 0x11d);
    if ((b >> bit) & 1) product ^= a;
  }
  return product;
}

function correctionOf(data: readonly number[]): number[] {
  const generator = generatorOf(correctionCodewords);
  let rest = Array.from({ length: correctionCodewords }, () => 0);
  for (const word of data) {
    const factor = word ^ (rest[0] ?? 0);
    rest = [...rest.slice(1), 0].map((value, index) => value ^ times(generator[index] ?? 0, factor));
  }
  return rest;
}

/** Coefficients of (x-1)(x-2)(x-4)…, highest first, without the leading 1. */
function generatorOf(degree: number): number[] {
  let coefficients = [...Array.from({ length: degree - 1 }, () => 0), 1];
  for (let index = 0, root = 1; index < degree; index += 1, root = times(root, 2)) {
    coefficients = coefficients.map((value, place) => times(value, root) ^ (coefficients[place + 1] ?? 0));
  }
  return coefficients;
}

type Modules = (boolean | undefined)[][];

function drawPatterns(modules: Modules): void {
  for (let index = 0; index < size; index += 1) {
    set(modules, 6, index, index % 2 === 0);
    set(modules, index, 6, index % 2 === 0);
  }
  for (const [row, column] of [
    [3, 3],
    [3, size - 4],
    [size - 4, 3],
  ] as const)
    drawSquares(modules, row, column, 4, [2, 4]);
  drawSquares(modules, alignment, alignment, 2, [1]);
  drawFormat(modules);
}

/** Squares around a centre, up to `reach` away; rings at the `light` distances stay white. */
function drawSquares(modules: Modules, row: number, column: number, reach: number, light: readonly number[]): void {
  for (let down = -reach; down <= reach; down += 1) {
    for (let right = -reach; right <= reach; right += 1) {
      set(modules, row + down, column + right, !light.includes(Math.max(Math.abs(down), Math.abs(right))));
    }
  }
}

function drawFormat(modules: Modules): void {
  const bits = format.split('').map((bit) => bit === '1');
  const around = [0, 1, 2, 3, 4, 5, 7, 8];
  bits.forEach((bit, index) => {
    if (index < 8) set(modules, 8, around[index] ?? 0, bit);
    else set(modules, around[14 - index] ?? 0, 8, bit);
    if (index < 7) set(modules, size - 1 - index, 8, bit);
    else set(modules, 8, size - 15 + index, bit);
  });
  set(modules, size - 8, 8, true);
}

function set(modules: Modules, row: number, column: number, isDark: boolean): void {
  const line = modules[row];
  if (line && column >= 0 && column < size) line[column] = isDark;
}

/** Two columns at a time from the right, up and down by turns, past the timing column. */
function* zigzag(): Generator<readonly [number, number]> {
  let isUp = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right -= 1;
    for (let step = 0; step < size; step += 1) {
      const row = isUp ? size - 1 - step : step;
      yield [row, right];
      yield [row, right - 1];
    }
    isUp = !isUp;
  }
}

const scale = 6;
const quiet = 4;

function png(matrix: readonly boolean[][]): Buffer {
  const width = (size + 2 * quiet) * scale;
  const rows = Array.from({ length: width }, (_row, y) => {
    const line = Buffer.alloc(width + 1, 0xff);
    line[0] = 0;
    for (let x = 0; x < width; x += 1)
      if (matrix[Math.floor(y / scale) - quiet]?.[Math.floor(x / scale) - quiet]) line[x + 1] = 0;
    return line;
  });
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(width, 4);
  head[8] = 8;
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
