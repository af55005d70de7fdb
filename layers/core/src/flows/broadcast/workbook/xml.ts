import { SaxesParser } from 'saxes';
import { damaged, WorkbookError } from './error.ts';

/** What is done with the elements of an XML file. Names come without their prefix. */
export interface Handler {
  open?: (name: string, attributes: Record<string, string>) => void;
  close?: (name: string) => void;
  text?: (text: string) => void;
}

/** A cell holds 32,767 characters; text and tags beyond this are no workbook's. */
const MOST_BETWEEN = 1024 * 1024;
const MOST_DEPTH = 100;

/**
 * Reads an XML file block by block. Memory is flat whatever the file is: entities are not defined in it, it is not nested deep, and no text or tag is
 * longer than a block or two. Gives control back after each block.
 */
export async function* readXml(blocks: AsyncIterable<Uint8Array>, handler: Handler): AsyncGenerator<void> {
  const decoder = new TextDecoder();
  let quiet = 0;
  let depth = 0;
  const parser = new SaxesParser({ position: false, xmlns: false });
  parser.on('opentag', ({ name, attributes }) => {
    quiet = 0;
    depth += 1;
    if (depth > MOST_DEPTH) throw new WorkbookError('workbook_damaged', 'The workbook is nested too deep');
    handler.open?.(local(name), attributes);
  });
  parser.on('closetag', ({ name }) => {
    quiet = 0;
    depth -= 1;
    handler.close?.(local(name));
  });
  parser.on('text', (text) => {
    quiet = 0;
    handler.text?.(text);
  });
  parser.on('doctype', () => {
    throw new WorkbookError('workbook_damaged', 'The workbook has a document type, which none has');
  });
  parser.on('error', () => {
    throw damaged();
  });
  for await (const block of blocks) {
    for (let start = 0; start < block.length; start += BLOCK) {
      const piece = block.subarray(start, start + BLOCK);
      quiet += piece.length;
      if (quiet > MOST_BETWEEN)
        throw new WorkbookError('workbook_too_large', 'The workbook has a text that is too long');
      parser.write(decoder.decode(piece, { stream: true }));
      yield;
    }
  }
  parser.close();
}

const BLOCK = 64 * 1024;

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** Reads a small XML file whole. */
export async function readWhole(blocks: AsyncIterable<Uint8Array>, handler: Handler): Promise<void> {
  for await (const _ of readXml(blocks, handler));
}
