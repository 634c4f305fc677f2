import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const newsPage = `<html><body><h1>News</h1><p>Our new workshop opens in May. It has room for twelve people.</p>
<p>The repair café is back on Saturdays.</p></body></html>`;

const newsFeed = `<?xml version="1.0"?><rss version="2.0"><channel><title>Workshop news</title><link>https://workshop.example/</link>
<item><title>The repair caf&#233; is back</title><link>https://workshop.example/cafe</link><pubDate>Sat, 09 Jan 2027 10:00:00 GMT</pubDate>
<description>&lt;p&gt;Bring what is broken. We mend it together.&lt;/p&gt;</description></item>
<item><title>Holiday opening hours</title><link>https://workshop.example/hours</link><pubDate>Mon, 21 Dec 2026 10:00:00 GMT</pubDate>
<description>Closed until January.</description></item></channel></rss>`;

const blogFeed = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Tool blog</title><link href="https://blog.example/"/>
<entry><title>How to sharpen a chisel</title><link href="https://blog.example/chisel"/><updated>2027-01-10T08:00:00Z</updated>
<summary>Ten minutes and a flat stone.</summary></entry></feed>`;

/** Dates as seen from 2027-01-11, the day on which schedules fire in the tests. */
const invoices = [
  {
    number: 'R-1',
    customer: 'Ada Lovelace',
    email: 'ada@example.com',
    amount: 1200,
    currency: 'EUR',
    due: '2027-01-04',
  },
  { number: 'R-2', customer: 'Bob Noyce', email: 'bob@example.com', amount: 80.5, currency: 'EUR', due: '2026-12-21' },
  { number: 'R-3', customer: 'Carol Shaw', email: 'carol@example.com', amount: 99, currency: 'USD', due: '2026-12-07' },
  { number: 'R-4', customer: 'Dan Ingalls', email: 'dan@example.com', amount: 10, currency: 'EUR', due: '2027-01-08' },
  { number: 'R-5', customer: 'Eve Adams', email: 'eve@example.com', amount: 10, currency: 'EUR', due: '2027-02-01' },
];

const contracts = [
  {
    name: 'Office lease',
    party: 'Stone Estates',
    email: 'office@stone.example',
    ends: '2027-04-11',
    notice: '3 months',
  },
  { name: 'Van insurance', party: 'Safe Mutual', email: 'hello@safe.example', ends: '2027-02-10', notice: '' },
  { name: 'Phone plan', party: 'Ring Ltd', email: '', ends: '2027-01-18', notice: '1 month' },
  { name: 'Cleaning', party: 'Bright Ltd', email: 'team@bright.example', ends: '2027-06-30', notice: '' },
];

const answers = [
  {
    name: 'Ada Lovelace',
    email: 'ada@example.com',
    text: 'Delivery was great and fast, the staff is friendly. Thank you!',
  },
  {
    name: 'Bob Noyce',
    email: 'bob@example.com',
    text: 'The delivery was late and the chair arrived broken. I am very disappointed.',
  },
  { name: 'Carol Shaw', email: '', text: 'The price is too expensive, terrible.' },
];

const supplierA = {
  items: [
    { sku: 'CH-1', name: 'Chair', price: 49, days: 5 },
    { sku: 'TB-1', name: 'Table', price: 149, days: 14 },
    { sku: 'LM-1', name: 'Lamp', price: 20, days: 3 },
  ],
};
const supplierB = [
  { sku: 'ch-1', name: 'Chair, oak', price: 52.5, days: 2 },
  { sku: 'TB-1', name: 'Table, oak', price: 129.9, days: 10 },
];

const json = (value: unknown): [string, string] => ['application/json', JSON.stringify(value)];

const pages: Readonly<Record<string, [type: string, body: string]>> = {
  '/news': ['text/html; charset=utf-8', newsPage],
  '/feed.xml': ['application/rss+xml', newsFeed],
  '/blog.xml': ['text/xml', blogFeed],
  '/invoices': json(invoices),
  '/invoices-wrapped': json({ data: invoices.slice(0, 1) }),
  '/contracts': json(contracts),
  '/answers': json(answers),
  '/supplier-a': json(supplierA),
  '/supplier-b': json(supplierB),
  '/empty': json([]),
};

/** The web that templates call: pages, feeds, lists of a bookkeeping service, and a service that knows one company. */
export async function startWeb(): Promise<{ url: string; port: number; close(): Promise<void> }> {
  const server: Server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://web');
    const send = (status: number, type: string, body: string) =>
      void response.writeHead(status, { 'content-type': type }).end(body);
    const page = pages[pathname];
    if (page) return send(200, ...page);
    if (pathname === '/company' && searchParams.get('email') === 'ada@engines.example')
      return send(200, 'application/json', '{"company":"Engines Ltd","employees":120,"industry":"Machines"}');
    send(404, 'text/plain', 'nothing here');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${port}`, port, close };
}
