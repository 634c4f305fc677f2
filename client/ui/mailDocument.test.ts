import { expect, it } from 'vitest';
import { hasRemotePictures, mailDocument, mailLinks } from './mailDocument.ts';

it('puts its policy before anything that the mail says', () => {
  const document = new DOMParser().parseFromString(
    mailDocument(
      '<meta http-equiv="Content-Security-Policy" content="default-src *"><script>alert(1)</script><p>Hello</p>',
    ),
    'text/html',
  );
  const policy = document.head.querySelector('meta')?.getAttribute('content') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('script-src');
  expect(document.body.textContent).toContain('Hello');
});

it('lists web links once, with where they really lead, and nothing else', () => {
  const html = `<a href="https://example.com/a">Open
    it</a><a href="https://example.com/a">again</a><a href="http://b.example/"><img src="x"></a>
    <a href="javascript:alert(1)">x</a><a href="/inside">y</a><a href="mailto:a@b.example">z</a><a>nowhere</a>`;
  expect(mailLinks(html)).toEqual([
    { text: 'Open it', url: 'https://example.com/a' },
    { text: 'b.example', url: 'http://b.example/' },
  ]);
});

it.each([
  ['<img alt="" src="https://tracker.example/1.gif">', true],
  ["<IMG width=1 src='http://tracker.example/1.gif'>", true],
  ['<img src="data:image/png;base64,AAAA">', false],
  ['<p>https://example.com</p>', false],
])('%s has pictures on the net: %s', (html, expected) => {
  expect(hasRemotePictures(html)).toBe(expected);
});
