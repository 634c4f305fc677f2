import type { ReactNode } from 'react';

/**
 * The Markdown of notes, drawn as elements: headings, lists, tasks, quotes, code, rules, emphasis and links. Nothing becomes HTML as it was
 * written, and a link leads to a web page or a mail address or it is no link.
 */
export function Markdown({ text }: { text: string }) {
  return blocksOf(text.split('\n')).map((block, index) => <Block key={index} block={block} />);
}

type List = { type: 'list'; ordered: boolean; items: string[] };
export type Block =
  | { type: 'heading'; level: 1 | 2 | 3; text: string }
  | { type: 'paragraph' | 'quote' | 'code'; lines: string[] }
  | List
  | { type: 'rule' };

const bullet = /^\s{0,3}(?:[-*+]|(\d{1,9})[.)])\s+(.*)$/;
const heading = /^(#{1,6})\s+(.*)$/;

export function blocksOf(lines: readonly string[]): Block[] {
  const blocks: Block[] = [];
  let open: Block | null = null;
  const put = (block: Block | null) => {
    open = block;
    if (block !== null) blocks.push(block);
  };
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    const last = open as Block | null;
    if (line.startsWith('```')) {
      const end = lines.findIndex((one, index) => index > at && one.startsWith('```'));
      const stop = end === -1 ? lines.length : end;
      put({ type: 'code', lines: lines.slice(at + 1, stop) });
      open = null;
      at = stop;
      continue;
    }
    const titled = heading.exec(line);
    const item = bullet.exec(line);
    if (line.trim() === '') open = null;
    else if (titled) put({ type: 'heading', level: Math.min(3, titled[1]!.length) as 1 | 2 | 3, text: titled[2]! });
    else if (/^\s*(?:-{3,}|\*{3,}|_{3,})\s*$/.test(line)) put({ type: 'rule' });
    else if (item) {
      const ordered = item[1] !== undefined;
      if (last?.type === 'list' && last.ordered === ordered) last.items.push(item[2]!);
      else put({ type: 'list', ordered, items: [item[2]!] });
    } else if (line.startsWith('>')) {
      const words = line.slice(1).trimStart();
      if (last?.type === 'quote') last.lines.push(words);
      else put({ type: 'quote', lines: [words] });
    } else if (last?.type === 'paragraph') last.lines.push(line);
    else put({ type: 'paragraph', lines: [line] });
  }
  return blocks;
}

function Block({ block }: { block: Block }) {
  switch (block.type) {
    case 'heading': {
      // The page has its own headings; on the canvas these are sizes of text.
      return (
        <p className="mw-note-heading" data-level={block.level}>
          {inline(block.text)}
        </p>
      );
    }
    case 'paragraph':
      return <p>{withBreaks(block.lines)}</p>;
    case 'quote':
      return <blockquote>{withBreaks(block.lines)}</blockquote>;
    case 'code':
      return <pre>{block.lines.join('\n')}</pre>;
    case 'rule':
      return <hr />;
    case 'list': {
      const items = block.items.map((text, index) => <Item key={index} text={text} />);
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
  }
}

function Item({ text }: { text: string }) {
  const task = /^\[([ xX])\]\s+(.*)$/.exec(text);
  if (task === null) return <li>{inline(text)}</li>;
  const done = task[1] !== ' ';
  return (
    <li className="mw-note-task" data-done={done || undefined}>
      <span aria-hidden="true">{done ? '☑' : '☐'}</span> {inline(task[2]!)}
    </li>
  );
}

function withBreaks(lines: readonly string[]): ReactNode[] {
  return lines.flatMap((line, index) => (index === 0 ? inline(line) : [<br key={`b${index}`} />, ...inline(line)]));
}

/** Each alternative ends at a character that cannot stand inside of it, so that no text takes long. */
const span =
  /`([^`\n]+)`|\*\*([^*\n]+)\*\*|__([^_\n]+)__|\*([^*\s][^*\n]*)\*|~~([^~\n]+)~~|\[([^\]\n]+)\]\(([^()\s]+)\)|(https?:\/\/[^\s<>()]+[^\s<>().,;:!?])/g;

function inline(text: string): ReactNode[] {
  const drawn: ReactNode[] = [];
  let from = 0;
  for (const match of text.matchAll(span)) {
    const [all, code, strong, strong2, emphasis, gone, label, target, bare] = match;
    drawn.push(text.slice(from, match.index));
    from = match.index + all.length;
    const key = match.index;
    if (code !== undefined) drawn.push(<code key={key}>{code}</code>);
    else if (strong !== undefined || strong2 !== undefined) drawn.push(<strong key={key}>{strong ?? strong2}</strong>);
    else if (emphasis !== undefined) drawn.push(<em key={key}>{emphasis}</em>);
    else if (gone !== undefined) drawn.push(<s key={key}>{gone}</s>);
    else {
      const href = safeTarget(bare ?? target ?? '');
      drawn.push(href === null ? all : <Link key={key} href={href} text={label ?? bare ?? ''} />);
    }
  }
  drawn.push(text.slice(from));
  return drawn.filter((one) => one !== '');
}

function Link({ href, text }: { href: string; text: string }) {
  return (
    <a className="nodrag" href={href} target="_blank" rel="noopener noreferrer nofollow">
      {text}
    </a>
  );
}

/** A web page or a mail address; null for everything else, such as scripts. */
export function safeTarget(target: string): string | null {
  let url: URL;
  try {
    url = new URL(target);
  } catch {
    return null;
  }
  return url.protocol === 'https:' || url.protocol === 'http:' || url.protocol === 'mailto:' ? url.href : null;
}
