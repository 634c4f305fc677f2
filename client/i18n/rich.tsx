import { Fragment } from 'react';
import type { ReactNode } from 'react';
import type { Names } from '../../shared/i18n/speaker.ts';
import { translation } from './language.ts';

/** The marks of a text: `'link'` for `Read the <link>handbook</link>.` */
type Marks<Text extends string> = Text extends `${string}<${infer Name}>${string}</${string}>${infer Rest}`
  ? Name | Marks<Rest>
  : never;

type Parts<Text extends string> = Readonly<
  Record<Names<Text>, ReactNode> & Record<Marks<Text>, (inner: ReactNode) => ReactNode>
>;

const part = /<(\w+)>(.*?)<\/\1>|(?<!\{)\{(\w+)\}(?!\})/g;

function draw(text: string, parts: Readonly<Record<string, ReactNode | ((inner: ReactNode) => ReactNode)>>): ReactNode {
  const drawn: ReactNode[] = [];
  let from = 0;
  for (const match of text.matchAll(part)) {
    const [all, mark = '', inner = '', name = ''] = match;
    const found = parts[mark || name];
    drawn.push(text.slice(from, match.index), typeof found === 'function' ? found(draw(inner, parts)) : (found ?? all));
    from = match.index + all.length;
  }
  drawn.push(text.slice(from));
  return drawn.map((one, index) => <Fragment key={index}>{one}</Fragment>);
}

/**
 * A text with elements inside, kept as one sentence so that another language can put its words in another order:
 * `rich('Used {when} by <b>{name}</b>', { when: <Ago at={at} />, name, b: (inner) => <b>{inner}</b> })`.
 */
export function rich<const Text extends string>(text: Text, parts: Parts<Text>): ReactNode {
  const found = translation?.texts[text];
  return draw(typeof found === 'string' ? found : text, parts);
}
