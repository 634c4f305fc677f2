import { describe, expect, it } from 'vitest';
import { decodeEntities, escapeHtml, htmlToText } from './html-text.ts';

describe('htmlToText', () => {
  it.each([
    ['<p>Hello <b>Ada</b>,</p><p>welcome!</p>', 'Hello Ada,\n\nwelcome!'],
    ['<div>one</div><div>two</div>', 'one\ntwo'],
    ['one<br>two<br/><br>four', 'one\ntwo\n\nfour'],
    ['<a href="https://x.example/a?b=1&amp;c=2">Read more</a>.', 'Read more (https://x.example/a?b=1&c=2).'],
    ['<a href="https://x.example">https://x.example</a>', 'https://x.example'],
    ['<a href="mailto:a@b.de">a@b.de</a>', 'a@b.de'],
    ['<a href="#top">Top</a>', 'Top'],
    ['<ul><li>one</li><li>two<ul><li>deep</li></ul></li></ul>', '- one\n- two\n  - deep'],
    ['<ol><li>one<li>two</ol>', '1. one\n2. two'],
    ['<h1>Title</h1>text', 'Title\n\ntext'],
    ['<head><title>no</title></head><style>p{}</style><script>if (a < b) x()</script>yes', 'yes'],
    ['<!-- a > b --><p>x</p>', 'x'],
    ['<img src="a.png" alt="Our logo">', 'Our logo'],
    ['<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>', 'a b\nc d'],
    ['<blockquote><p>said</p></blockquote>me', '> said\n\nme'],
    ['<pre>a\n  b</pre>', 'a\n  b'],
    ['  lots \n of   <i> space </i> ', 'lots of space'],
    ['a < b and <3', 'a < b and <3'],
    ['<p title="a > b">x</p>', 'x'],
    ['&lt;b&gt; &euro;5 &#8364; &#x20AC; &nope; &amp;amp;', '<b> €5 € € &nope; &amp;'],
    ['one<hr>two', 'one\n--------------------\ntwo'],
    ['', ''],
    ['<', '<'],
    ['<p', ''],
  ] as const)('%j', (html, text) => expect(htmlToText(html)).toBe(text));

  it('is linear on hostile input', () => {
    const started = performance.now();
    for (const piece of [
      '<',
      '<a ',
      '<!--',
      '</',
      '<a href="',
      '&',
      '<svg>',
      '<ul><li>',
      '<blockquote>',
      '<svg></svg',
    ]) {
      htmlToText(piece.repeat(30_000));
    }
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

it('escapes what decodeEntities gives back', () => {
  const nasty = `<img src="x" onerror='a&b'>`;
  expect(escapeHtml(nasty)).not.toMatch(/[<>"']/);
  expect(decodeEntities(escapeHtml(nasty))).toBe(nasty);
});
