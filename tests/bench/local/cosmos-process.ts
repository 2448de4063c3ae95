/**
 * The child process of the Cosmos bench: the stand-in with a journal, or a bare server that answers
 * batches with canned text. It tells its parent where it listens and, when asked, how big it is.
 * From: `cosmos.ts` forks it with `stand-in <state directory>` or `bare`. Next: the SDK in the parent.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClock } from '../../../local/clock.ts';
import { startCosmos } from '../../../local/cosmos/start.ts';
import { createFaultSwitch } from '../../../local/kit/faults.ts';
import { benchTopology } from './cosmos-data.ts';

const [kind, stateDir] = process.argv.slice(2);

const startStandIn = async (): Promise<string> => {
  const shared = { clock: createClock(), faults: createFaultSwitch(), log: console.error };
  const service = await startCosmos({ port: 0, stateDir, topology: benchTopology, ...shared });
  return service.url;
};

const accountOf = (host: string) => {
  const here = [{ name: 'Bare', databaseAccountEndpoint: `http://${host}/` }];
  const policy = { defaultConsistencyLevel: 'Session' };
  return { id: 'bare', writableLocations: here, readableLocations: here, userConsistencyPolicy: policy };
};

const container = JSON.stringify({
  id: 'bare',
  _rid: 'AAAAAIAAAAA=',
  partitionKey: { paths: ['/companyId', '/accountId'], kind: 'MultiHash', version: 2 },
});
const outcome = '{"statusCode":201,"requestCharge":4.95,"eTag":"\\"00000001-0000-0000-0000-000000000001\\""}';
const cannedBatch = `[${Array<string>(100).fill(outcome).join(',')}]`;

/** Reads each request whole and parses nothing: what HTTP and the SDK alone cost. */
const startBare = async (): Promise<string> => {
  const server: Server = createServer((request, response) => {
    request.resume().on('end', () => {
      const isAccount = request.url === '/';
      const body = isAccount ? JSON.stringify(accountOf(request.headers.host ?? '')) : undefined;
      response.writeHead(200, { 'content-type': 'application/json', 'x-ms-request-charge': '495' });
      response.end(body ?? (request.method === 'POST' ? cannedBatch : container));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

process.send?.({ url: await (kind === 'bare' ? startBare() : startStandIn()) });
process.on('message', () => process.send?.({ rssBytes: process.memoryUsage().rss }));
process.on('disconnect', () => process.exit());
