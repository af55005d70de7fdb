import { Fragment, useMemo, type ReactNode } from 'react';
import type { Entity } from '../api/message-parts.ts';
import { numbersApart, wholeNumbers } from '../text/numbers.ts';
import { parseRichText, type TextNode, type TextStyle } from '../text/rich-text.ts';

/** A message's text with its formatting, as elements. It reads in its own direction, whatever the page's. */
export function RichText({ text, entities = null }: { text: string; entities?: Entity[] | null }) {
  const nodes = useMemo(() => parseRichText(text, entities), [text, entities]);
  return (
    <div className="rich-text" dir="auto">
      {nodes.map(renderNode)}
    </div>
  );
}

/** Words as they are, without links: only their numbers keep their order. The element around them gives the direction. `inALine`: they may be cut. */
export function PlainText({ text, inALine = false }: { text: string; inALine?: boolean }) {
  return numbersApart(text, inALine ? wholeNumbers : undefined).map(({ isNumber, start, text: words }) =>
    isNumber ? (
      <bdi key={start} dir="ltr">
        {words}
      </bdi>
    ) : (
      <Fragment key={start}>{words}</Fragment>
    ),
  );
}

function renderNode(node: TextNode): ReactNode {
  switch (node.kind) {
    case 'text':
      return node.number ? (
        <bdi key={node.start} dir="ltr">
          {node.text}
        </bdi>
      ) : (
        <Fragment key={node.start}>{node.text}</Fragment>
      );
    case 'link':
      return (
        <a key={node.start} href={node.url} target="_blank" rel="noopener noreferrer">
          {node.children.map(renderNode)}
        </a>
      );
    case 'styled':
      return <Styled key={node.start} style={node.style} content={node.children.map(renderNode)} />;
  }
}

function Styled({ style, content }: { style: TextStyle; content: ReactNode }) {
  if (style === 'spoiler')
    return (
      <span className="spoiler" tabIndex={0}>
        {content}
      </span>
    );
  const Tag = tags[style];
  return <Tag dir={style === 'code' || style === 'pre' ? 'auto' : undefined}>{content}</Tag>;
}

const tags = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strikethrough: 's',
  blockquote: 'blockquote',
  code: 'code',
  pre: 'pre',
} as const;
