/**
 * Many who ask at once for one document: served together, each with the answer of its own.
 */
import { expect, it } from 'vitest';
import { together } from '../../shared/azure/together.ts';

const counting = (fault: (served: number) => boolean = () => false) => {
  const served: number[][] = [];
  const ask = together(async (wishes: readonly [number][]) => {
    served.push(wishes.map(([wish]) => wish));
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (fault(served.length)) throw new Error('not written');
    return wishes.map(([wish]) => wish * 10);
  });
  return { served, ask };
};

it('serves those who come during a write by the next one, each with its own answer', async () => {
  const { served, ask } = counting();
  expect(await Promise.all([1, 2, 3, 4].map((wish) => ask(wish)))).toEqual([10, 20, 30, 40]);
  expect(await ask(5)).toBe(50);
  expect(served).toEqual([[1], [2, 3, 4], [5]]);
});

it('tells everybody served by a write that failed, and goes on with who comes next', async () => {
  const { ask } = counting((served) => served === 2);
  const asked = await Promise.allSettled([1, 2, 3].map((wish) => ask(wish)));
  expect(asked.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
  expect(await ask(4)).toBe(40);
});
