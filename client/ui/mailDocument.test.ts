import { expect, it } from 'vitest';
import { mailDocument } from './mailDocument.ts';

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
