/** “…from our RSS feed”: an HTTP request step reads it before anything else is done. That a feed has something new starts no workflow. */
import type { Span } from '../../../../shared/schedule/words/text.ts';
import { wholeWords } from '../../../../shared/schedule/words/times.ts';
import type { GraphBuilder, Path } from './graph.ts';
import type { Language } from './language.ts';
import type { Lexicon } from './lexicon/types.ts';
import { sentencesOf } from './segment.ts';
import { masks, maskedValues, wordsOf } from './text.ts';
import type { Doc } from './text.ts';
import { opensEvent } from './triggers.ts';

export interface Feed {
  /** Its words in the request. */
  words: string;
  /** Empty where the request has none. */
  url: string;
}

/** Those that the lexicon's words for a feed may lack. */
const articles = '(?:d(?:em|ies(?:em|en))|unserem|einem|this|my|mon|ce|este|mi)';

/** So many of its entries are handed on. */
const newest = 10;

interface Speech {
  /** What leads to the feed: “read”, “from”. Its words go with it. */
  lead: string;
  /** Between the feed and its address. */
  at: string;
  title: string;
  assume: string;
}

const speech: Readonly<Record<Language, Speech>> = {
  en: {
    lead: '(?:(?:read|fetch|get|check|load|pull|take)(?: (?:the )?(?:news|items|entries|posts|articles))?(?: (?:from|of|in|out of))?|from|of|out of|with the (?:news|items|entries|posts|articles) (?:from|of|in))',
    at: 'at|under|from|:',
    title: 'Read the feed',
    assume: `The ${newest} newest entries of the feed are taken, with title, summary and link.`,
  },
  de: {
    lead: '(?:lies|lese|hole?|lade|rufe?|aus|von|vom|mit den (?:neuigkeiten|beitragen|eintragen) (?:aus|von|vom))',
    at: 'unter|von|auf|:',
    title: 'Den Feed lesen',
    assume: `Die ${newest} neuesten Einträge des Feeds werden genommen, mit Titel, Zusammenfassung und Link.`,
  },
  fr: {
    lead: '(?:lis|lire|recupere|charge|a partir d[ue]|depuis|d[ue]|avec les (?:nouvelles|articles) d[ue])',
    at: 'a|sur|:',
    title: 'Lire le flux',
    assume: `Les ${newest} entrées les plus récentes du flux sont prises, avec titre, résumé et lien.`,
  },
  es: {
    lead: '(?:lee|leer|obten|carga|desde|del?|con las (?:noticias|entradas) del?)',
    at: 'en|de|:',
    title: 'Leer el feed',
    assume: `Se toman las ${newest} entradas más recientes del feed, con título, resumen y enlace.`,
  },
};

/** Reads the words of a feed; their place is masked in the Doc handed back. A feed that is part of an event stays where it is. */
export function takeFeed(doc: Doc, lexicon: Lexicon, language: Language): { doc: Doc; feed: Feed | undefined } {
  const { lead, at } = speech[language];
  const feed = `(?:${articles} )?${wholeWords(lexicon.limits.words.feed ?? 'rss', '').source}`;
  const address = `,? ?(?:${at})? ?U+`;
  // With its address it may stand by itself: “summarise the RSS feed https://…”.
  const named = new RegExp(`(?<![\\wß])(?:(?:${lead} )?${feed}${address}|${lead} ${feed})`);
  for (const sentence of sentencesOf(doc.folded, lexicon)) {
    const text = doc.folded.slice(sentence.start, sentence.end);
    const found = named.exec(text);
    if (!found || opensEvent(text.slice(0, found.index).split(/[,:]/).at(-1)?.trimStart() ?? '', lexicon)) continue;
    const span = { start: sentence.start + found.index, end: sentence.start + found.index + found[0].length };
    const url = maskedValues(doc, masks.url, span)[0]?.value ?? '';
    return { doc: masked(doc, span), feed: { words: wordsOf(doc, span), url } };
  }
  return { doc, feed: undefined };
}

/** Word by word: what stands around them is read across them, as “fasse … zusammen” is. */
function masked(doc: Doc, { start, end }: Span): Doc {
  const { folded } = doc;
  return {
    ...doc,
    folded: folded.slice(0, start) + folded.slice(start, end).replace(/\S/g, masks.used) + folded.slice(end),
  };
}

/** The step that reads it, and its entries as what later steps work on. */
export function addFeed(builder: GraphBuilder, path: Path, feed: Feed, language: Language): void {
  const { title, assume } = speech[language];
  if (feed.url === '') builder.assume(builder.wording.assume.urlMissing(feed.words));
  builder.assume(assume);
  path.feed = builder.append(path, 'http-request', title, { method: 'GET', url: feed.url, answer: 'feed' });
}

/** The entries as text. */
export function feedText(node: string): string {
  return `{% for post in steps.${node}.body.items limit: ${newest} %}{{ post.title }}\n{{ post.summary | truncate: 300 }}\n{{ post.link }}\n\n{% endfor %}`;
}
