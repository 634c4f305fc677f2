/** RSS 2.0, RSS 1.0 (RDF) and Atom as one shape, so that a workflow does not care which of them a site has. */
import { AppError } from '../../errors.ts';
import { htmlToText } from '../html-text.ts';
import { textIn, type XmlElement } from './xml.ts';

export interface FeedItem {
  title: string;
  /** http or https, else empty. */
  link: string;
  id: string;
  /** ISO instant; empty where the feed has none that can be read. */
  date: string;
  author: string;
  /** Plain text. */
  summary: string;
}

export interface Feed {
  title: string;
  link: string;
  items: FeedItem[];
}

/** Longer texts of an item are cut: a feed is for finding what is new. */
const maxSummary = 5_000;

/** @throws AppError `bad_request` when it is XML, but no feed. */
export function readFeed(root: XmlElement): Feed {
  switch (root.name) {
    case 'rss':
    case 'rdf:RDF': {
      const channel = child(root, 'channel');
      if (channel) return feedOf(channel, [...children(channel, 'item'), ...children(root, 'item')]);
      break;
    }
    case 'feed':
    case 'atom:feed':
      return feedOf(root, children(root, root.name === 'feed' ? 'entry' : 'atom:entry'));
  }
  throw new AppError('bad_request', `The answer is XML, but no feed: it begins with <${root.name}>.`, {
    details: { field: 'answer' },
  });
}

function feedOf(head: XmlElement, entries: readonly XmlElement[]): Feed {
  const home = absolute(linkOf(head), '');
  return { title: plain(first(head, 'title')), link: home, items: entries.map((entry) => itemOf(entry, home)) };
}

function itemOf(entry: XmlElement, home: string): FeedItem {
  const link = absolute(linkOf(entry), home);
  return {
    title: plain(first(entry, 'title')),
    link,
    id: first(entry, 'guid', 'id') || link,
    date: instantOf(first(entry, 'pubDate', 'published', 'updated', 'dc:date')),
    author: plain(first(child(entry, 'author') ?? entry, 'name') || first(entry, 'dc:creator', 'author')),
    summary: plain(first(entry, 'description', 'summary', 'content:encoded', 'content')).slice(0, maxSummary),
  };
}

/** RSS has the address as text, Atom in an attribute; of several in Atom the page itself is the alternate one. */
function linkOf(element: XmlElement): string {
  const links = children(element, 'link');
  const page = links.find(({ attributes }) => (attributes.get('rel') ?? 'alternate') === 'alternate') ?? links[0];
  if (page === undefined) return '';
  return page.attributes.get('href') ?? textIn(page);
}

/** A feed is somebody else's text: an address of another scheme has no business in a mail. */
function absolute(link: string, home: string): string {
  const text = link.trim();
  if (/^https?:\/\/[^\s<>"]+$/i.test(text)) return text;
  const origin = /^https?:\/\/[^/?#]+/i.exec(home)?.[0];
  return origin !== undefined && /^\/[^/\s<>"][^\s<>"]*$/.test(text) ? origin + text : '';
}

function instantOf(text: string): string {
  const at = Date.parse(text);
  return Number.isNaN(at) ? '' : new Date(at).toISOString();
}

/** Titles and texts are HTML in most feeds, however they are marked. */
function plain(text: string): string {
  return /[<&]/.test(text) ? htmlToText(text).trim() : text;
}

/** The text of the first of these elements that has any. */
function first(element: XmlElement, ...names: readonly string[]): string {
  for (const name of names) {
    const text = children(element, name).map(textIn).find(Boolean);
    if (text !== undefined) return text;
  }
  return '';
}

function child(element: XmlElement, name: string): XmlElement | undefined {
  return children(element, name)[0];
}

function children(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((one): one is XmlElement => typeof one !== 'string' && one.name === name);
}
