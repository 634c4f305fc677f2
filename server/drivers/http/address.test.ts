import { describe, expect, it } from 'vitest';
import { checkedAddresses, isPublicAddress, allowList, targetOf, type Address, type Lookup } from './address.ts';
import { outboundUrl, portOf } from './url.ts';

const none = allowList([]);
const noLookup: Lookup = async (name) => {
  throw new Error(`looked up ${name}`);
};
const v4 = (address: string): Address => ({ address, family: 4 });

/** What the guard says about a URL as a user writes it. */
async function verdict(text: string, lookup: Lookup = noLookup, allow = none): Promise<string> {
  try {
    const url = outboundUrl(text);
    return (await checkedAddresses(url.hostname, portOf(url), allow, lookup)).map(({ address }) => address).join(' ');
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}

describe('isPublicAddress', () => {
  it.each(['8.8.8.8', '1.1.1.1', '93.184.215.14', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450:4001::1'])(
    'opens %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each([
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.1',
    '100.64.0.1',
    '100.100.100.200',
    '127.0.0.1',
    '127.255.255.254',
    '168.63.129.16',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.192',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '239.255.255.255',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::ffff:0:127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::7f00:1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '3fff::1',
    '5f00::1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    '4000::1',
    '',
    'localhost',
    '127.1',
    '0x7f.1',
    '2130706433',
  ])('keeps %j closed', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('hostile spellings', () => {
  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://127.0.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0x7f.0.0.1/',
    'http://0177.0.0.1/',
    'http://017700000001/',
    'http://0x7f.1/',
    'http://127.0.0.1./',
    'http://%31%32%37.0.0.1/',
    'http://①②⑦.⓪.⓪.①/',
    'http://127。0。0。1/',
    'http://１２７.0.0.1/',
    'http:\\\\127.0.0.1\\',
    'http:/127.0.0.1/',
    'http:127.0.0.1',
    'http://0/',
    'http://0.0.0.0/',
    'http://[::]/',
    'http://[::1]/',
    'http://[0:0:0:0:0:0:0:1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[::127.0.0.1]/',
    'http://[64:ff9b::127.0.0.1]/',
    'http://[2002:7f00:1::]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://2852039166/',
    'http://0xA9FEA9FE/',
    'http://[::ffff:a9fe:a9fe]/',
    'https://10.1.2.3:8443/',
    'http://192.168.0.1:8080/',
    'http://[fd00:ec2::254]/',
    'http://[fe80::1]/',
    ' \thttp://127.0.0.1/\n',
  ])('%j is blocked without a look-up', async (text) => {
    expect(await verdict(text)).toBe('outbound_blocked');
  });

  it.each([
    'ftp://example.com/',
    'file:///etc/passwd',
    'gopher://example.com/',
    'data:text/plain,hi',
    'javascript:alert(1)',
    'unix:/x',
    'http://user:pw@example.com/',
    'http://example.com@127.0.0.1/',
    'http://@:pw@x/',
    '',
    'example.com',
    '//example.com',
    'http://',
    'http://[fe80::1%25eth0]/',
    'http://exa mple.com/',
    'http://example.com:99999/',
    'http://example.com:0/',
    'http://1.2.3.4.5/',
  ])('%j is no URL that can be called', async (text) => {
    expect(await verdict(text)).toBe('bad_request');
  });

  it.each([22, 25, 53, 110, 465, 587, 993])('port %i is blocked', async (port) => {
    expect(await verdict(`http://example.com:${port}/`)).toBe('outbound_blocked');
  });
});

describe('names', () => {
  it.each<[string, Address[], string]>([
    ['http://example.com/', [v4('93.184.215.14')], '93.184.215.14'],
    ['http://localhost/', [v4('127.0.0.1')], 'outbound_blocked'],
    ['http://localhost./', [v4('127.0.0.1')], 'outbound_blocked'],
    ['http://127.0.0.1.nip.io/', [v4('127.0.0.1')], 'outbound_blocked'],
    ['http://metadata.google.internal/', [v4('169.254.169.254')], 'outbound_blocked'],
    ['http://half.example/', [v4('93.184.215.14'), v4('10.0.0.1')], 'outbound_blocked'],
    ['http://mapped.example/', [{ address: '::ffff:10.0.0.1', family: 6 }], 'outbound_blocked'],
    ['http://nothing.example/', [], 'ENOTFOUND'],
  ])('%s with %j', async (text, addresses, expected) => {
    expect(await verdict(text, async () => addresses)).toBe(expected);
  });
});

describe('OUTBOUND_ALLOW', () => {
  const allow = allowList([
    { host: '127.0.0.1', port: 8080 },
    { host: 'Ollama.Internal', port: 11434 },
    { host: '0:0::1', port: 9000 },
    targetOf('http://10.0.0.5:25/v1'),
  ]);

  it.each<[string, string]>([
    ['http://127.0.0.1:8080/', '127.0.0.1'],
    ['http://0x7f.1:8080/', '127.0.0.1'],
    ['http://127.0.0.1:8081/', 'outbound_blocked'],
    ['http://127.0.0.1/', 'outbound_blocked'],
    ['http://ollama.internal:11434/', '127.0.0.1'],
    ['http://ollama.internal/', 'outbound_blocked'],
    ['http://other.internal:8080/', '127.0.0.1'],
    ['http://[0:0::1]:9000/', '::1'],
    ['http://10.0.0.5:25/', '10.0.0.5'],
  ])('%s gives %s', async (text, expected) => {
    expect(await verdict(text, async () => [v4('127.0.0.1')], allow)).toBe(expected);
  });

  it('opens the default port when the URL names none', async () => {
    expect(await verdict('http://10.0.0.1/', noLookup, allowList([targetOf('http://10.0.0.1')]))).toBe('10.0.0.1');
  });

  it.each(['', '*', 'http://10.0.0.1', '10.0.0.1/path', 'user@10.0.0.1', '10.0.0.1:80', 'a b', '10.0.0.1.1'])(
    'refuses the host %j',
    (host) => {
      expect(() => allowList([{ host, port: 80 }])).toThrow(/is no host with a port/);
    },
  );
});
