import { describe, expect, it } from 'vitest';
import { readFeed } from './feed.ts';
import { parseXml, textIn, xmlData, xmlLimits } from './xml.ts';

const data = (text: string) => xmlData(parseXml(text));

describe('XML as data', () => {
  it.each<[string, string, unknown]>([
    ['text', '<?xml version="1.0"?>\n<a>x &lt; y</a>\n', { a: 'x < y' }],
    ['nothing', '<a/>', { a: '' }],
    ['attributes', `<a b="1" c='"2"'>t</a>`, { a: { '@b': '1', '@c': '"2"', '#text': 't' } }],
    ['several of one name', '<a><b>1</b><c/><b>2</b></a>', { a: { b: ['1', '2'], c: '' } }],
    ['text beside elements', '<a>one <b>x</b> two</a>', { a: { b: 'x', '#text': 'one  two' } }],
    ['prefixes', '<a xmlns:x="u"><x:b>1</x:b></a>', { a: { '@xmlns:x': 'u', 'x:b': '1' } }],
    ['CDATA and comments', '<a><!-- < & --><![CDATA[<b> & ]] >]]></a>', { a: '<b> & ]] >' }],
    ['numbers of characters', '<a>&#228;&#xE4;&#0;&#xD800;&#99999999;</a>', { a: 'ää\uFFFD\uFFFD&#99999999;' }],
    ['a byte order mark', '\uFEFF<a/>', { a: '' }],
  ])('%s', (_name, text, expected) => expect(data(text)).toEqual(expected));

  it('names that objects have themselves are names like any other', () => {
    const { a } = data('<a><__proto__>x</__proto__><toString>y</toString></a>') as { a: object };
    expect(Object.entries(a)).toEqual([
      ['__proto__', 'x'],
      ['toString', 'y'],
    ]);
    expect(Object.getPrototypeOf(a)).toBe(Object.prototype);
  });

  it.each([
    ['entities of its own', '<!DOCTYPE a [<!ENTITY e "boom"><!ENTITY f "&e;&e;">]><a>&e;&f;</a>', '&e;&f;'],
    ['files', '<!DOCTYPE a [ <!ENTITY e SYSTEM "file:///etc/passwd"> ]><a>&e;</a>', '&e;'],
    ['parameters', '<!DOCTYPE a SYSTEM "http://127.0.0.1/x.dtd"><a>&nbsp;</a>', '&nbsp;'],
  ])('expands no %s', (_name, text, expected) => expect(textIn(parseXml(text))).toBe(expected));

  it.each([
    ['', 'line 1: it is not one element'],
    ['plain text', 'line 1'],
    ['<a/><b/>', 'line 1'],
    ['<a>\n<b>\n</a>', 'line 3: </a> closes nothing'],
    ['<a>\n', 'line 2: it ends inside of <a>'],
    ['<a b=c/>', 'line 1: <a … is not closed'],
    ['<a b="<"/>', 'line 1'],
    ['<a>< b/></a>', 'line 1: a “<” that begins no tag'],
    ['<a><!-- ', 'line 1: “-->” is missing'],
    ['<a><![CDATA[x', 'line 1: “]]>” is missing'],
    ['<!doctype html><p>one<br>two</p>', 'line 1: </p> closes nothing'],
  ])('%j is refused: %s', (text, message) => {
    expect(() => data(text)).toThrow(expect.objectContaining({ code: 'bad_request', message: expect.any(String) }));
    expect(() => data(text)).toThrow(message);
  });

  it('has limits, and takes time in proportion to the text', () => {
    const deep = (n: number) => '<a>'.repeat(n) + '</a>'.repeat(n);
    expect(() => data(deep(xmlLimits.depth))).not.toThrow();
    expect(() => data(deep(xmlLimits.depth + 1))).toThrow(/nested/);
    expect(() => data(`<a>${'<b/>'.repeat(xmlLimits.elements)}</a>`)).toThrow(/elements/);
    const started = performance.now();
    for (const evil of ['<a ', '<a b', '<a>&', '<a>&#', '<!DOCTYPE [', '<a ' + 'b="" '.repeat(9)])
      expect(() => data(evil + ' '.repeat(300_000) + evil.repeat(50_000))).toThrow();
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});

describe('feeds', () => {
  const rss = `<?xml version="1.0"?><!DOCTYPE rss><rss version="2.0" xmlns:dc="u"><channel><title>News &amp; more</title><link>https://shop.example/</link>
    <item><title><![CDATA[Caf&eacute; <b>opens</b>]]></title><link>/cafe</link><guid>7</guid><pubDate>Mon, 04 Jan 2027 08:00:00 GMT</pubDate>
    <dc:creator>Ada</dc:creator><description>&lt;p&gt;On Sunday.&lt;/p&gt;</description></item>
    <item><title>Second</title><link>javascript:alert(1)</link><pubDate>soon</pubDate></item></channel></rss>`;
  const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">Blog</title><link rel="self" href="https://b.example/feed"/><link href="https://b.example/"/>
    <entry><id>urn:1</id><title>One</title><link rel="edit" href="https://b.example/e"/><link rel="alternate" href="https://b.example/1"/>
    <updated>2027-01-02T03:04:05+01:00</updated><author><name>Bob</name><email>b@b.example</email></author>
    <content type="xhtml"><div xmlns="u"><p>Hello</p></div></content></entry></feed>`;
  const rdf = `<rdf:RDF xmlns:rdf="u"><channel><title>Old</title><link>http://o.example</link></channel><item><title>A</title><link>http://o.example/a</link></item></rdf:RDF>`;

  it('RSS, Atom and RDF come out alike', () => {
    expect(readFeed(parseXml(rss))).toEqual({
      title: 'News & more',
      link: 'https://shop.example/',
      items: [
        {
          title: 'Café opens',
          link: 'https://shop.example/cafe',
          id: '7',
          date: '2027-01-04T08:00:00.000Z',
          author: 'Ada',
          summary: 'On Sunday.',
        },
        { title: 'Second', link: '', id: '', date: '', author: '', summary: '' },
      ],
    });
    expect(readFeed(parseXml(atom))).toEqual({
      title: 'Blog',
      link: 'https://b.example/',
      items: [
        {
          title: 'One',
          link: 'https://b.example/1',
          id: 'urn:1',
          date: '2027-01-02T02:04:05.000Z',
          author: 'Bob',
          summary: 'Hello',
        },
      ],
    });
    expect(readFeed(parseXml(rdf)).items).toMatchObject([{ title: 'A', link: 'http://o.example/a' }]);
  });

  it.each(['<html/>', '<rss/>', '<a/>'])('%s is no feed', (text) => {
    expect(() => readFeed(parseXml(text))).toThrow(/no feed/);
  });
});
