/**
 * What the Cosmos bench stores: small invented items in many partitions, and how they get there fast.
 * From: numbers. Next: `cosmos.ts` loads and asks, `cosmos-process.ts` opens the containers.
 */
import { Agent, request } from 'node:http';
import { localKey, ownerName, sign } from '../../../local/kit/keys.ts';
import { parseTopology } from '../../../shared/contracts/topology.ts';

const keys = ['/companyId', '/accountId'];
const container = { keys, indexed: ['/kind/?', '/dueOn/?'], composite: [] };

export const benchTopology = parseTopology({
  ...{ database: 'bench', apps: {}, pieces: {}, jobs: {}, queues: {}, topics: {} },
  containers: { loaded: container, small: container, large: container },
  ...{ blobContainers: {}, limits: {} },
});

export const itemOf = (account: number, line: number) => ({
  id: `item-${line}`,
  companyId: 'c1',
  accountId: `a${account}`,
  kind: line % 2 === 0 ? 'invoice' : 'payment',
  dueOn: `2026-${String((line % 12) + 1).padStart(2, '0')}-15`,
  amountMinor: account * 100 + line,
  currency: 'EUR',
});

export const ownerKey = (): string => localKey('cosmos', ownerName);

/** Runs `work` for each number below `count`, `width` at a time. */
export const inParallel = async (
  count: number,
  width: number,
  work: (at: number) => Promise<unknown>,
): Promise<void> => {
  let next = 0;
  const lane = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: width }, lane));
};

const agent = new Agent({ keepAlive: true });

/** Stores `accounts` times 20 items without the SDK: bulk requests of five accounts each. */
export const loadRaw = async (url: string, name: string, accounts: number): Promise<void> => {
  const link = `dbs/bench/colls/${name}`;
  await inParallel(accounts / 5, 6, async (at) => {
    const operations: string[] = [];
    for (let account = at * 5; account < at * 5 + 5; account += 1)
      for (let line = 0; line < 20; line += 1) operations.push(operationOf(account, line));
    await post(`${url}/${link}/docs`, link, `[${operations.join(',')}]`);
  });
};

const operationOf = (account: number, line: number): string => {
  const partitionKey = JSON.stringify(['c1', `a${account}`]);
  return JSON.stringify({ operationType: 'Create', partitionKey, resourceBody: itemOf(account, line) });
};

const post = (url: string, link: string, body: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const date = new Date().toUTCString();
    const signature = sign(ownerKey(), `post\ndocs\n${link}\n${date.toLowerCase()}\n\n`);
    const headers = {
      authorization: encodeURIComponent(`type=master&ver=1.0&sig=${signature}`),
      'x-ms-date': date,
      'x-ms-cosmos-is-batch-request': 'true',
      'x-ms-cosmos-batch-atomic': 'false',
      prefer: 'return=minimal',
      'content-length': Buffer.byteLength(body),
    };
    const sent = request(url, { method: 'POST', agent, headers }, (answer) => {
      answer.resume().on('end', () => {
        if (answer.statusCode === 200) resolve();
        else reject(new Error(`the load was answered ${answer.statusCode}`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
