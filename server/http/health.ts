import type { RequestListener } from 'node:http';
import type { Logger } from 'pino';

/** All that a process without pages answers: `/healthz` while it lives, `/readyz` while it can work. */
export function createHealthListener(ready: () => Promise<void>, logger: Logger): RequestListener {
  return (request, response) => {
    const answer = (status: number, body: object): void => {
      response.writeHead(status, {
        'content-type': 'application/json; charset=utf-8',
        'x-content-type-options': 'nosniff',
      });
      response.end(JSON.stringify(body));
    };
    switch (request.url) {
      case '/healthz':
        return answer(200, { status: 'ok' });
      case '/readyz':
        ready().then(
          () => answer(200, { status: 'ready' }),
          (error: unknown) => {
            logger.warn({ err: error }, 'not ready');
            answer(503, { status: 'not ready' });
          },
        );
        return;
      default:
        answer(404, { error: { code: 'not_found', message: 'This process runs workflows and has no pages.' } });
    }
  };
}
