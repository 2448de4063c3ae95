/**
 * How fast 100,000 open items are aged, beside one plain pass over the same items in the same run.
 * From: invented items, one in twenty a credit. Next: the bench table.
 */
import { agingOf } from '../../shared/domain/aging.ts';
import { addDays, dayFromText } from '../../shared/domain/calendar.ts';
import type { Item, ItemKind } from '../../shared/domain/item.ts';
import { amountOf } from '../../shared/domain/money.ts';
import { percentile, timedMs, type Bench, type BenchLine } from './kit.ts';

const count = 100_000;
const rounds = 21;
const asOf = dayFromText('2026-11-22');

const itemAt = (at: number): Item => {
  const kind: ItemKind = at % 20 === 0 ? 'creditNote' : 'invoice';
  const open = amountOf((kind === 'creditNote' ? -1 : 1) * (1_000 + (at % 977) * 13));
  const dueOn = addDays(asOf, 60 - ((at * 7) % 400));
  return {
    ...{ id: `item:${kind}:${at}`, kind, source: 'books', number: String(at), part: '1' },
    ...{ documentOn: addDays(dueOn, -30), postedOn: addDays(dueOn, -30), firstDueOn: dueOn, dueOn },
    ...{ currency: at % 3 === 0 ? 'USD' : 'EUR', original: open, open, discountTiers: [] },
    ...{ parties: {}, references: {}, isInsured: false, isIntercompany: false, stage: 0 },
  };
};

/** The least that any aging does: look at currency, day and amount of each item once. */
const plainPass = (items: readonly Item[]): Map<string, { due: number; notDue: number }> => {
  const totals = new Map<string, { due: number; notDue: number }>();
  for (const { currency, dueOn, open } of items) {
    let total = totals.get(currency);
    if (!total) totals.set(currency, (total = { due: 0, notDue: 0 }));
    if (dueOn < asOf) total.due += open;
    else total.notDue += open;
  }
  return totals;
};

const run = async (): Promise<BenchLine[]> => {
  const items = JSON.parse(JSON.stringify(Array.from({ length: count }, (_, at) => itemAt(at)))) as Item[];
  const times: Record<'plain' | 'standard' | 'fine', number[]> = { plain: [], standard: [], fine: [] };
  const aged = (scheme: 'standard' | 'fine') => () =>
    agingOf(items, { asOf, scheme, basis: 'dueDay' }, () => undefined);
  for (let round = 0; round < rounds; round += 1) {
    times.plain.push(await timedMs(() => plainPass(items)));
    times.standard.push(await timedMs(aged('standard')));
    times.fine.push(await timedMs(aged('fine')));
  }
  const limit = percentile(times.plain, 0.5);
  return (['standard', 'fine'] as const).map((scheme) => {
    const figure = percentile(times[scheme], 0.5);
    const shared = { unit: 'ms', target: '≤ 5 × the plain pass', met: figure <= 5 * limit, limit };
    return { job: `age 100k open items, ${scheme}`, figure, ...shared };
  });
};

export const agingBench: Bench = { name: 'aging', run };
