/**
 * The journal of dunning as a collector reads it: counted as people count, with what a final notice was released with.
 */
import { expect, it } from 'vitest';
import type { DunningFact } from '../../shared/domain/dunning-facts.ts';
import { dunningText } from '../../shared/domain/timeline-dunning.ts';
import { today as on } from '../support/dunning-examples.ts';

const said = (fact: DunningFact): string => dunningText(fact, (id) => id);
const carried = (count: number): DunningFact => ({
  ...{ kind: 'itemsCarried', by: 'message:m', policyId: 'standard', on },
  items: Array.from({ length: count }, (_, n) => ({ itemId: `i${n}`, stage: 2 })),
});
const undone = (count: number): DunningFact => ({
  ...{ kind: 'carryingUndone', by: 'message:m', on },
  itemIds: Array.from({ length: count }, (_, n) => `i${n}`),
});

it('one is one, and two are two', () => {
  expect([1, 2].map((count) => said(carried(count)))).toEqual(['1 item reminded of', '2 items reminded of']);
  expect([1, 2].map((count) => said(undone(count)))).toEqual([
    'the message for 1 item did not arrive: it does not count',
    'the message for 2 items did not arrive: it does not count',
  ]);
});

it('a final notice names the step it was released with', () => {
  const released = {
    kind: 'messageReleased',
    messageId: 'message:m',
    as: 'creditManager',
    by: 'u1',
    on,
  } as const;
  expect(said(released)).toBe('reminder released (creditManager)');
  expect(said({ ...released, measure: 'agency' })).toBe(
    'reminder released (creditManager), with the next step: a collection agency',
  );
});
