/**
 * One change-feed trigger: takes the leases it can get, follows their ranges, lets go at the end.
 * From: `start.ts`. Next: `follow.ts` per feed range. Leases are looked at again every `leaseAcquireInterval`;
 * several hosts do not balance ranges between them, whoever comes first keeps them.
 */
import {
  ChangeFeedMode,
  ChangeFeedStartFrom,
  CosmosClient,
  type Container,
  type FeedRange,
} from '@azure/cosmos';
import type { Clock } from '../../clock.ts';
import type { Listener } from '../listener.ts';
import { HostRefusal } from '../refusal.ts';
import { connectionString } from '../settings/expressions.ts';
import { connectionFields } from '../settings/loopback.ts';
import { watchChanges } from './changes.ts';
import { followRange, type FeedFunction, type Follower } from './follow.ts';
import { createLeaseKeeper, LeaseLost, type HeldLease, type LeaseKeeper } from './leases.ts';

type Held = { lease: HeldLease; follower: Follower; letGo: AbortController };

/** @throws HostRefusal when a setting, the container or the lease container is missing. */
export const listenToFeed = async (feed: FeedFunction, clock: Clock): Promise<Listener> => {
  const { client, endpoint } = clientOf(feed);
  try {
    return await follow(feed, client, endpoint, clock);
  } catch (error) {
    client.dispose();
    if (error instanceof HostRefusal) throw error;
    throw new HostRefusal(`${feed.app}/${feed.name}: the change feed cannot be followed: ${String(error)}`);
  }
};

const clientOf = ({ app, name, trigger, settings }: FeedFunction) => {
  const fields = connectionFields(connectionString(trigger.connection, settings, `${app}/${name}`));
  const endpoint = fields.get('accountendpoint');
  const key = fields.get('accountkey');
  if (!endpoint || !key)
    throw new HostRefusal(
      `${app}/${name}: setting '${trigger.connection}' needs AccountEndpoint and AccountKey`,
    );
  const connectionPolicy = { enableBackgroundEndpointRefreshing: false };
  return { endpoint, client: new CosmosClient({ endpoint, key, connectionPolicy }) };
};

const follow = async (
  feed: FeedFunction,
  client: CosmosClient,
  endpoint: string,
  clock: Clock,
): Promise<Listener> => {
  const { trigger, execution } = feed;
  const container = client.database(trigger.databaseName).container(trigger.containerName);
  const keeper = keeperOf(feed, client);
  const ranges = [...(await container.getFeedRanges())];
  await keeper.ensure(ranges, (range) => startOf(container, range, trigger.startFromBeginning));

  const changes = watchChanges(endpoint, trigger.containerName, trigger.feedPollDelay);
  const held = new Map<FeedRange, Held>();
  let isClosing = false;

  const take = async (range: FeedRange) => {
    const lease = await keeper.acquire(range);
    if (!lease) return;
    if (isClosing) return lease.release();
    const letGo = new AbortController();
    const follower = followRange(feed, container, lease, changes, clock, letGo.signal);
    held.set(range, { lease, follower, letGo });
    void follower.ended.then(() => isClosing || held.delete(range));
  };

  const lookAround = async () => {
    for (const range of ranges) {
      if (held.has(range) || isClosing) continue;
      await take(range).catch((error: unknown) => execution.warn(`lease: ${String(error)}`));
    }
  };
  const renewAll = async () => {
    for (const { lease, letGo } of held.values())
      await lease.renew().catch((error: unknown) => {
        execution.warn(`lease: ${String(error)}`);
        if (error instanceof LeaseLost) letGo.abort();
      });
  };

  await lookAround();
  const looking = setInterval(() => void lookAround(), trigger.leaseAcquireInterval).unref();
  const renewing = setInterval(() => void renewAll(), trigger.leaseRenewInterval).unref();
  return {
    stop: async () => {
      isClosing = true;
      clearInterval(looking);
      for (const { letGo } of held.values()) letGo.abort();
      await Promise.all([...held.values()].map(({ follower }) => follower.ended));
    },
    close: async () => {
      clearInterval(renewing);
      await Promise.allSettled([...held.values()].map(({ lease }) => lease.release()));
      client.dispose();
    },
    isQuiet: async () => {
      for (const { follower } of held.values()) if (!(await follower.isQuiet())) return false;
      return true;
    },
  };
};

const keeperOf = ({ trigger }: FeedFunction, client: CosmosClient): LeaseKeeper => {
  const database = client.database(trigger.leaseDatabaseName ?? trigger.databaseName);
  const prefix = `${trigger.leaseContainerPrefix}${trigger.databaseName}.${trigger.containerName}`;
  return createLeaseKeeper(
    database.container(trigger.leaseContainerName),
    prefix,
    trigger.leaseExpirationInterval,
  );
};

/** Where a feed begins that nobody followed before; undefined is the beginning. */
const startOf = async (
  container: Container,
  range: FeedRange,
  fromBeginning: boolean,
): Promise<string | undefined> => {
  if (fromBeginning) return undefined;
  const now = container.items.getChangeFeedIterator({
    changeFeedStartFrom: ChangeFeedStartFrom.Now(range),
    changeFeedMode: ChangeFeedMode.LatestVersion,
  });
  return (await now.readNext()).continuationToken;
};
