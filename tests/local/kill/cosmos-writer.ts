/**
 * Mixed writes to Cosmos DB: creates, replaces under an etag, patches, deletes, and batches of two that must
 * agree.
 */
import { CosmosClient, type Container } from '@azure/cosmos';
import { topology } from '../../../shared/contracts/topology.ts';
import { localKey, ownerName } from '../../../local/kit/keys.ts';
import { wasAcknowledged, type Random, type Writer } from './facts.ts';

const companies = 5;
const absent = -1;

/** Values an item may have: the last acknowledged one, or one whose answer never came. */
type Possible = Set<number>;

export const cosmosWriter = (): Writer => {
  const items = new Map<string, Possible>();
  let values = 0;
  let acknowledged = 0;
  let client: CosmosClient;
  let container: Container;

  const settle = (ids: string[], value: number, known: boolean) => {
    for (const id of ids) {
      const possible = known ? new Set<number>() : (items.get(id) ?? new Set([absent]));
      items.set(id, possible.add(value));
    }
    if (known) acknowledged += 1;
  };
  const keyOf = (id: string) => id.split('-')[0]!;
  const upsert = (id: string, value: number) => container.items.upsert({ id, companyId: keyOf(id), value });
  const patch = (id: string, value: number) =>
    container.item(id, keyOf(id)).patch([{ op: 'set', path: '/value', value }]);
  const pairOf = (number: number) => [
    `${number % companies}-pair${number}a`,
    `${number % companies}-pair${number}b`,
  ];
  const batch = async (ids: string[], value: number) => {
    const operations = ids.map((id) => ({
      operationType: 'Upsert' as const,
      resourceBody: { id, companyId: keyOf(id), value },
    }));
    const { code } = await container.items.batch(operations, keyOf(ids[0]!));
    if (code !== 200) throw new Error(`batch answered ${code}`);
  };

  const one = async (random: Random, stopped: () => boolean): Promise<void> => {
    const value = values++;
    const number = Math.floor(random() * 200);
    const id = `${number % companies}-item${number}`;
    const known = items.get(id);
    const dice = random();
    if (dice < 0.3) {
      const ids = pairOf(number);
      return settle(ids, value, await wasAcknowledged(() => batch(ids, value), stopped));
    }
    if (dice < 0.4 && known && !known.has(absent))
      return settle(
        [id],
        absent,
        await wasAcknowledged(() => container.item(id, keyOf(id)).delete(), stopped),
      );
    if (dice < 0.6 && known && !known.has(absent))
      return settle([id], value, await wasAcknowledged(() => patch(id, value), stopped));
    return settle([id], value, await wasAcknowledged(() => upsert(id, value), stopped));
  };

  const valueOf = async (id: string): Promise<number> => {
    const { resource } = await container.item(id, keyOf(id)).read<{ value: number }>();
    return resource?.value ?? absent;
  };

  return {
    name: 'cosmos',
    acknowledged: () => acknowledged,
    connect: ({ cosmos }) => {
      client = new CosmosClient({
        endpoint: cosmos,
        key: localKey('cosmos', ownerName),
        // Trying again at a process that was killed only takes time.
        connectionPolicy: { enableEndpointDiscovery: false, requestTimeout: 2_000 },
      });
      container = client.database(topology.database).container('parked');
    },
    write: async (random, stopped) => {
      while (!stopped()) await one(random, stopped);
    },
    check: async () => {
      for (const [id, possible] of items) {
        const value = await valueOf(id);
        if (!possible.has(value))
          throw new Error(`${id} is ${value}, acknowledged was ${[...possible].join(' or ')}`);
        items.set(id, new Set([value]));
      }
      for (let number = 0; number < 200; number += 1) {
        const [a, b] = await Promise.all(pairOf(number).map(valueOf));
        if (a !== b) throw new Error(`batch ${number} was torn: ${a} and ${b}`);
      }
    },
    disconnect: async () => client.dispose(),
  };
};
