/**
 * What every `CallCounter` promises, run on memory and on the real adapter alike.
 */
import { expect, it } from 'vitest';
import type { CallCounter, Counted } from '../../shared/ports/call-counter.ts';

let people = 0;

export const callCounterSuite = (counter: () => CallCounter): void => {
  const fresh = (): Counted => ({
    ...{
      callerId: `tenant:person-${(people += 1)}`,
      what: 'export',
      span: '2026-11-22T10',
      thing: 'a',
      most: 2,
    },
  });
  const countAll = async (counted: Counted, things: string[]) => {
    const answers: string[] = [];
    for (const thing of things) answers.push(await counter().count({ ...counted, thing }));
    return answers;
  };

  it('lets through as many things as the span takes', async () => {
    expect(await countAll(fresh(), ['a', 'b', 'c'])).toEqual(['counted', 'counted', 'too-many']);
  });

  it('counts the same thing once, also when the span is full', async () => {
    const things = ['a', 'a', 'b', 'c', 'b'];
    const answers = ['counted', 'counted', 'counted', 'too-many', 'counted'];
    expect(await countAll(fresh(), things)).toEqual(answers);
  });

  it('begins at nothing with the next span, for another person and for another kind', async () => {
    const full = fresh();
    await countAll(full, ['a', 'b']);
    const others = [{ span: '2026-11-22T11' }, { callerId: fresh().callerId }, { what: 'look' }];
    for (const other of others)
      expect(await counter().count({ ...full, ...other, thing: 'c' })).toBe('counted');
    expect(await counter().count({ ...full, thing: 'c' })).toBe('too-many');
  });

  it('lets no more through when many ask at once', async () => {
    const counted = { ...fresh(), most: 5 };
    const asking = Array.from({ length: 12 }, (_one, n) => counter().count({ ...counted, thing: `t${n}` }));
    const answers = await Promise.all(asking);
    expect(answers.filter((answer) => answer === 'counted')).toHaveLength(5);
  });
};
