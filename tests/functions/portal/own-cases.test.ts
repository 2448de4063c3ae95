/**
 * Customers see their own cases and nothing of ours, and add papers to them (R70, R72).
 */
import { expect, it } from 'vitest';
import { addCasePaper } from '../../../functions/disputes/case-papers.ts';
import { openCase } from '../../../functions/disputes/open-case.ts';
import type { DisputeCall } from '../../../functions/disputes/dispute-parts.ts';
import { idOf, invoice, all } from '../../support/cash-world.ts';
import { key, portalWorld } from './portal-world.ts';

const pdf = new TextEncoder().encode('%PDF-1.4\n1 0 obj\nendobj\n%%EOF\n');

const start = async () => {
  const world = await portalWorld();
  await world.cash.post('a1', invoice('1', 100_00), invoice('2', 50_00));
  await world.cash.post('a2', invoice('3', 100_00));
  const callBy = (id: string, request: string, kind: 'staff' | 'customer' = 'customer'): DisputeCall => ({
    ...{ scope: all, now: world.clock.now, actor: { kind, id }, cause: { kind: 'request', id: request } },
  });
  const opened = await openCase(
    ...([world.disputes, callBy('contact:1', 'r1'), key] as const),
    { code: 'DAMAGE', items: [{ item: idOf('1'), amount: 30_00 as never }], text: 'broken', papers: [] },
    { as: 'dispute', from: 'portal' },
  );
  if (!opened.ok) throw new Error(opened.detail);
  return { ...world, callBy, id: opened.value.case, own: world.stores.ownCases };
};

it('the list names each case, what became of it and until when it is answered; queries too', async () => {
  const { own, callBy, id, stores } = await start();
  await stores.openQuery(callBy('contact:1', 'q1'), key, { code: 'PO', items: [idOf('2')], text: 'please' });
  const cases = await own.list(callBy('contact:1', 'x'), key);
  expect(cases.map(({ as, status, amount, isClosed }) => [as, status, amount, isClosed])).toEqual(
    expect.arrayContaining([
      ['dispute', 'received', 30_00, false],
      ['query', 'weAreLooking', 50_00, false],
    ]),
  );
  expect(cases).toHaveLength(2);
  const shown = await own.read(callBy('contact:1', 'x'), key, id);
  expect(shown).toMatchObject({
    ok: true,
    value: { items: [{ item: idOf('1'), amount: 30_00 }], papers: [] },
  });
  expect(JSON.stringify([cases, shown])).not.toMatch(/broken|department|owner|DAMAGE/);
});

it('a paper of theirs is kept, shown and handed out; one of ours is not there for them', async () => {
  const { own, callBy, id, disputes } = await start();
  const theirs = await own.addPaper(callBy('contact:1', 'x'), key, { id, name: 'photo.pdf', bytes: pdf });
  if (!theirs.ok) throw new Error(theirs.detail);
  const ours = await addCasePaper(
    ...([disputes, callBy('u:clerk', 'y', 'staff'), { id: 'u:clerk', principals: ['CRM'] }] as const),
    ...([
      { company: 'c1', case: id },
      { name: 'inner.pdf', paper: 'contract', bytes: Buffer.concat([pdf, Buffer.from('\n')]) },
    ] as const),
  );
  if (!ours.ok) throw new Error(ours.detail);
  const shown = await own.read(callBy('contact:1', 'x'), key, id);
  expect(shown.ok && shown.value.papers.map(({ name }) => name)).toEqual(['photo.pdf']);
  expect(await own.paper(callBy('contact:1', 'x'), key, { id, paper: theirs.value.paper })).toMatchObject({
    ok: true,
    value: { fileName: 'photo.pdf', contentType: 'application/pdf', bytes: pdf },
  });
  expect(await own.paper(callBy('contact:1', 'x'), key, { id, paper: ours.value.paper })).toMatchObject({
    code: 'not-found',
  });
});

it('what is no picture or PDF is refused, whatever its name says', async () => {
  const { own, callBy, id } = await start();
  const bytes = new TextEncoder().encode('<html><script>alert(1)</script>');
  const refused = await own.addPaper(callBy('contact:1', 'x'), key, { id, name: 'photo.png', bytes });
  expect(refused).toMatchObject({ code: 'paper-not-readable' });
});

it.each([
  ['bill.exe', 'bill.exe.pdf'],
  ['photo.PDF', 'photo.PDF'],
  ['a\u202efdp.html', 'a_fdp.html.pdf'],
  ['../../etc/x', '.._.._etc_x.pdf'],
])('a paper sent as %s is saved as %s', async (name, saved) => {
  const { own, callBy, id } = await start();
  const kept = await own.addPaper(callBy('contact:1', 'x'), key, { id, name, bytes: pdf });
  const paper = kept.ok ? kept.value.paper : '';
  expect(await own.paper(callBy('contact:1', 'x'), key, { id, paper })).toMatchObject({
    value: { fileName: saved },
  });
});

it('a case of another account is not there: not to see, not to add to, nothing to take', async () => {
  const { own, callBy, id } = await start();
  const kept = await own.addPaper(callBy('contact:1', 'x'), key, { id, name: 'photo.pdf', bytes: pdf });
  const other = { companyId: 'c1', accountId: 'a2' };
  const call = callBy('contact:2', 'z');
  expect(await own.list(call, other)).toEqual([]);
  expect(await own.read(call, other, id)).toMatchObject({ code: 'not-found' });
  expect(await own.addPaper(call, other, { id, name: 'a.pdf', bytes: pdf })).toMatchObject({
    code: 'not-found',
  });
  const paper = kept.ok ? kept.value.paper : '';
  expect(await own.paper(call, other, { id, paper })).toMatchObject({ code: 'not-found' });
});
