/** The world outside, in a process of its own: an SMTP server that takes everything, and an AI that answers after 20 ms. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSmtpFake } from '../../server/drivers/mail/fake.ts';

const aiDelayMs = 20;
const smtp = await startSmtpFake();
let mails = 0;
let calls = 0;

/** The mails themselves are of no interest here, and 10,000 would only fill memory. */
function countMails(): number {
  mails += smtp.messages.length;
  smtp.messages.length = 0;
  return mails;
}
setInterval(countMails, 200).unref();

const answer = JSON.stringify({
  object: 'chat.completion',
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'A short answer.' } }],
  usage: { prompt_tokens: 12, completion_tokens: 8, total_tokens: 20 },
});
const server = createServer((request, response) => {
  if (request.method === 'GET') return void response.end(JSON.stringify({ mails: countMails(), calls }));
  request.resume().on('end', () => {
    calls++;
    setTimeout(() => response.writeHead(200, { 'content-type': 'application/json' }).end(answer), aiDelayMs);
  });
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  console.log(JSON.stringify({ smtpUrl: smtp.url, aiUrl: `http://127.0.0.1:${port}/v1/chat/completions` }));
});
process.on('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
  void smtp.close();
});
