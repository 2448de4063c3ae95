/**
 * What every `DeadLetterStore` must do. From: `memory.test.ts`, `tests/local/ports/dead-letters.test.ts`.
 */
import { describe, expect, it } from 'vitest';
import { scopeOver } from '../../shared/domain/scope.ts';
import type { DeadLetter, DeadLetterStore } from '../../shared/ports/dead-letter-store.ts';
import { everything } from '../support/test-edge.ts';

/** `giveUp` sends a message of company `acme` and lets the bus give it up, for `gave-up: why`. */
export type DeadLettersUnderTest = {
  store: DeadLetterStore;
  giveUp: (source: string, id: string) => Promise<void>;
};

export const deadLetterStoreSuite = (underTest: () => DeadLettersUnderTest): void => {
  const takeAll = async (source: string, limit = 10): Promise<DeadLetter[]> => {
    const taken: DeadLetter[] = [];
    await underTest().store.take(everything, source, limit, async (letter) => void taken.push(letter));
    return taken;
  };

  describe('dead letters', () => {
    it.each(['account-postings', 'ar-events/reporting'])('of %s are handed over once', async (source) => {
      expect(await takeAll(source)).toEqual([]);
      await underTest().giveUp(source, `lost-${source}`);
      const [letter] = await takeAll(source);
      expect(letter).toMatchObject({
        ...{ id: `lost-${source}`, body: '{"companyId":"acme"}', reason: 'gave-up: why' },
      });
      expect(letter!.deliveries).toBeGreaterThanOrEqual(1);
      expect(Number.isFinite(Date.parse(letter!.sentAt ?? ''))).toBe(true);
      expect(await takeAll(source)).toEqual([]);
    });

    it('are handed over up to the limit, the rest another time', async () => {
      for (const id of ['a', 'b', 'c']) await underTest().giveUp('received-payments', `limit-${id}`);
      expect(await takeAll('received-payments', 2)).toHaveLength(2);
      expect((await takeAll('received-payments', 2)).map(({ id }) => id)).toEqual(['limit-c']);
    });

    it('stay in the bus when they are not kept', async () => {
      await underTest().giveUp('imports', 'kept');
      const failing = underTest().store.take(everything, 'imports', 10, () =>
        Promise.reject(new Error('the store is away')),
      );
      await expect(failing).rejects.toThrow('the store is away');
      expect(await takeAll('imports')).toHaveLength(1);
    });

    it('are nobody’s whose scope is a company', async () => {
      await underTest().giveUp('snapshots', 'mine');
      const mine = scopeOver(['acme']);
      expect(await underTest().store.take(mine, 'snapshots', 10, async () => undefined)).toBe(0);
      expect(await takeAll('snapshots')).toHaveLength(1);
    });
  });
};
