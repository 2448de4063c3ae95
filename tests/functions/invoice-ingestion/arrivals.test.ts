/** What is noted of files that came: once, when read to the end, with the last day a bank tells of. */
import { expect, it } from 'vitest';
import { gateOf } from '../../support/faults.ts';
import { everything } from '../../support/test-edge.ts';
import { acme, createWorld, invoicesCsv } from './world.ts';

type World = ReturnType<typeof createWorld>;
const arrivals = async (world: World) => (await world.feeds.company(everything, acme)).arrivals;

/** A statement of one account: 100 in, closing on 19 November. */
const mt940 = [
  ':20:REF',
  ':25:DE07/1',
  ':28C:1/1',
  ':60F:C261118EUR0,00',
  ':61:2611181118C100,00NTRFNONREF//B1',
  ':86:wire',
  ':62F:C261119EUR100,00',
  '-',
  '',
].join('\r\n');
const bankFile = { kind: 'bankStatement', format: 'mt940', name: 'bank.sta', source: 'bank' } as const;
const delta = (n: number): string =>
  `number,account,posting_date,due_date,currency,open_amount,change,changed_at\nA${n},C-1,2026-10-01,2026-11-01,EUR,5.00,upsert,2026-11-21T05:00:00Z\n`;

it('a bank statement has arrived with its last booked day, also when every effect is made twice', async () => {
  const world = createWorld(gateOf({ fault: () => 'twice' }));
  const document = await world.upload(mt940, bankFile);
  expect(document).toMatchObject({ bookedOn: '2026-11-19' });
  expect(await arrivals(world)).toMatchObject([
    { kind: 'bankStatement', source: 'bank', bookedOn: '2026-11-19' },
  ]);
});

it('numbered files have arrived with their numbers; a gap is seen', async () => {
  const world = createWorld();
  for (const sequence of [4, 6])
    await world.upload(mt940.replace('REF', `REF${sequence}`), { ...bankFile, sequence });
  expect(await arrivals(world)).toMatchObject([{ kind: 'bankStatement', sequence: 6, missing: [5] }]);
});

it('a refused file and lists of invoices are no arrival', async () => {
  const world = createWorld();
  const refused = await world.upload(delta(1), { kind: 'delta', sequence: 1, rows: 7 });
  expect(refused.state).toBe('refused');
  await world.upload(invoicesCsv(3));
  expect(await arrivals(world)).toEqual([]);
});
