/**
 * The process whose CPU is measured: the Functions host with one small function, or bare `node:http`.
 * From: `host.ts`, which forks it with `host` or `bare`. Next: messages back with the address and the CPU used.
 */
import { app } from '@azure/functions';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClock } from '../../../local/clock.ts';
import { startHost } from '../../../local/functions-host/start.ts';

const answer = { id: 'C-1000', name: 'Northwind', balance: 119_000, currency: 'EUR', overdue: true };

const startBare = async (): Promise<string> => {
  const server = createServer((_request, response) => {
    const body = JSON.stringify(answer);
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const startMeasuredHost = async (): Promise<string> => {
  const register = () =>
    app.http('account', {
      route: 'api/accounts/{account}',
      methods: ['GET'],
      handler: () => ({ jsonBody: answer }),
    });
  const host = await startHost({
    apps: [{ name: 'staff', port: 0, settings: {}, register }],
    hostJson: { version: '2.0', extensions: { http: { routePrefix: '' } } },
    clock: createClock(),
    log: () => undefined,
  });
  return host.urls['staff'] ?? '';
};

process.on('message', () => process.send?.({ cpu: process.cpuUsage() }));
process.on('disconnect', () => process.exit(0));
process.send?.({ url: await (process.argv[2] === 'bare' ? startBare() : startMeasuredHost()) });
