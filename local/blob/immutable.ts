/**
 * Keeps blobs in immutable containers as they are; the cloud does so, Azurite cannot.
 * From: `immutable` in the topology. Next: 409, or the forwarding of what makes a new blob.
 * Requests for one blob go one after the other, so that two cannot both find its name free.
 */
import type { Topology } from '../../shared/contracts/topology.ts';
import { refusals } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import type { Target } from './target.ts';

/** What may still be done to a blob that must not change. */
const harmless = new Set(['lease', 'tags', 'tier', 'legalhold', 'immutabilitypolicies', 'query']);

export type Guard = {
  /** Runs `work` unless the target must not change. Resolves with the refusal then. */
  run(target: Target, work: () => Promise<void>): Promise<Refusal | undefined>;
};

export const createGuard = (topology: Topology, exists: (target: Target) => Promise<boolean>): Guard => {
  const containers = new Set(
    Object.entries(topology.blobContainers)
      .filter(([, { immutable }]) => immutable)
      .map(([name]) => name),
  );
  const turns = new Map<string, Promise<unknown>>();

  const inTurn = async <Result>(key: string, work: () => Promise<Result>): Promise<Result> => {
    const turn = (turns.get(key) ?? Promise.resolve()).then(work, work);
    turns.set(key, turn);
    try {
      return await turn;
    } finally {
      if (turns.get(key) === turn) turns.delete(key);
    }
  };

  return {
    run: async (target, work) => {
      if (!containers.has(target.container) || !changesSomething(target)) {
        await work();
        return undefined;
      }
      if (target.blob === '') {
        if (target.method === 'DELETE') return refusals.immutable();
        await work();
        return undefined;
      }
      return inTurn(`${target.container}/${target.blob}`, async () => {
        if (await exists(target)) return refusals.immutable();
        await work();
        return undefined;
      });
    },
  };
};

const changesSomething = ({ method, component }: Target): boolean =>
  method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS' && !harmless.has(component);
