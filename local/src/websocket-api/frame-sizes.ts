/**
 * Watches the bytes a client sends and reports the payload size of each frame as soon as its header is complete
 * (RFC 6455, section 5.2). Chunks may be cut anywhere.
 */
export function watchFrameSizes(onFrame: (payloadBytes: number) => void): (chunk: Uint8Array) => void {
  let header: number[] = [];
  let payloadLeft = 0;
  return (chunk) => {
    for (let at = 0; at < chunk.length;) {
      const skipped = Math.min(payloadLeft, chunk.length - at);
      payloadLeft -= skipped;
      at += skipped;
      if (at === chunk.length) return;
      header.push(chunk[at++] ?? 0);
      if (header.length < headerBytes(header)) continue;
      payloadLeft = payloadBytes(header);
      header = [];
      onFrame(payloadLeft);
    }
  };
}

function headerBytes(header: readonly number[]): number {
  return 2 + extendedLengthBytes(header) + ((header[1] ?? 0) & 0x80 ? 4 : 0);
}

function extendedLengthBytes(header: readonly number[]): number {
  const length = (header[1] ?? 0) & 0x7f;
  return length === 127 ? 8 : length === 126 ? 2 : 0;
}

function payloadBytes(header: readonly number[]): number {
  const extended = extendedLengthBytes(header);
  if (extended === 0) return (header[1] ?? 0) & 0x7f;
  return header.slice(2, 2 + extended).reduce((size, byte) => size * 256 + byte, 0);
}
