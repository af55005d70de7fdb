/** A value of the Redis protocol, as a server answers it. */
export type Reply = { ok: string } | { error: string } | number | string | null;

/** Takes what a connection receives, piece by piece, and answers the commands that are whole by now. A command is an array of bulk strings. */
export function commandReader(): (piece: Buffer) => string[][] {
  let pending: Buffer = Buffer.alloc(0);
  return (piece) => {
    pending = Buffer.concat([pending, piece]);
    const commands: string[][] = [];
    for (let read = readCommand(pending); read; read = readCommand(pending)) {
      commands.push(read.words);
      pending = pending.subarray(read.end);
    }
    return commands;
  };
}

/** The bytes of an answer. */
export function encode(reply: Reply): string {
  if (reply === null) return '$-1\r\n';
  if (typeof reply === 'number') return `:${reply}\r\n`;
  if (typeof reply === 'string') return `$${Buffer.byteLength(reply)}\r\n${reply}\r\n`;
  return 'ok' in reply ? `+${reply.ok}\r\n` : `-ERR ${reply.error}\r\n`;
}

/** Undefined until the whole command is there. */
function readCommand(bytes: Buffer): { words: string[]; end: number } | undefined {
  const head = readLength(bytes, 0);
  if (!head) return undefined;
  const words: string[] = [];
  let at = head.end;
  while (words.length < head.length) {
    const word = readLength(bytes, at);
    if (!word || bytes.length < word.end + word.length + 2) return undefined;
    words.push(bytes.toString('utf8', word.end, word.end + word.length));
    at = word.end + word.length + 2;
  }
  return { words, end: at };
}

/** `*3\r\n` or `$5\r\n`. */
function readLength(bytes: Buffer, at: number): { length: number; end: number } | undefined {
  const end = bytes.indexOf('\r\n', at);
  return end === -1 ? undefined : { length: Number(bytes.toString('latin1', at + 1, end)), end: end + 2 };
}
