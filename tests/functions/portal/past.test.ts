/**
 * Two years of invoices and payments in the portal: all are listed page by page, each with its document, and nothing of
 * another account (R69).
 */
import { expect, it } from 'vitest';
import { downloadDocument } from '../../../functions/portal/own-papers.ts';
import { listReceived } from '../../../functions/portal/own-payments.ts';
import { readOwnItem, readOwnItems } from '../../../functions/portal/read-own.ts';
import { dayFromText } from '../../../shared/domain/calendar.ts';
import { idOf, invoice, wire } from '../../support/cash-world.ts';
import { key, portalWorld, type PortalWorld } from './portal-world.ts';

const months = 24;
const monthOf = (n: number): string =>
  `${2024 + Math.floor((n + 2) / 12)}-${String(((n + 2) % 12) + 1).padStart(2, '0')}`;

/** An invoice a month, the oldest two years ago, and each but the last two paid. */
const started = async (): Promise<PortalWorld> => {
  const world = await portalWorld('dunwellLed');
  for (let n = 0; n < months; n += 1) {
    const on = dayFromText(`${monthOf(n)}-10`);
    const dates = { documentOn: on, postedOn: on, dueOn: dayFromText(`${monthOf(n)}-28`) };
    await world.cash.post('a1', invoice(String(n), 1_000 + n, dates));
    if (n < months - 2)
      await world.cash.receive([wire(String(n), 1_000 + n)], undefined, { importId: `import-${n}` });
  }
  await world.cash.post('a2', invoice('foreign', 9_999));
  return world;
};

const listed = async ({ stores, call }: PortalWorld): Promise<{ item: string; open: number }[]> => {
  const found: { item: string; open: number }[] = [];
  let after: string | undefined;
  do {
    const page = await readOwnItems(stores, call(), key, { state: 'all', after });
    if (!page.ok) throw new Error(page.code);
    found.push(...page.value.items);
    after = page.value.next ?? undefined;
  } while (after !== undefined);
  return found;
};

it('lists the invoices and payments of 24 months, and hands out each document', async () => {
  const world = await started();
  const { cash, stores, call } = world;
  const items = (await listed(world)).filter(({ item }) => item.startsWith('item:'));
  const wanted = Array.from({ length: months }, (_, n) => idOf(String(n)));
  expect(items.map(({ item }) => item).toSorted()).toEqual(wanted.toSorted());
  expect(items.filter(({ open }) => open > 0)).toHaveLength(2);
  const received: string[] = [];
  for (let before: number | undefined | null; before !== null;) {
    const page = await listReceived(stores, call(), key, before);
    if (!page.ok) throw new Error(page.code);
    received.push(...page.value.received.flatMap((one) => (one.is === 'received' ? [one.on] : [])));
    before = page.value.next;
  }
  expect(received).toHaveLength(months - 2);
  const sender = { name: 'Ann', email: 'ann@seller.example', phone: '+49 30 1', hours: '9-17' };
  const from = { from: 'ar@seller.example', replyDomain: 'r.seller.example', address: ['Street 1'] };
  await cash.set('mail', { ...from, sender, linkOrigin: 'https://pay.example.com' });
  const by = { askedBy: 'p1', askedAt: '2026-01-01T00:00:00Z', reason: 'first', releasedBy: 'p2' };
  const account = { version: 1, holder: 'Test', account: 'DE02120300000000202051' };
  await cash.set('ourBankDetails', { inForce: { ...account, ...by, releasedAt: '2026-01-01T01:00:00Z' } });
  const paperCall = { ...call(), language: undefined, seesAddress: true, mayRead: 'all' } as const;
  for (const [n, itemId] of wanted.entries()) {
    const file = await downloadDocument(stores, paperCall, { ...key, itemId });
    expect(file).toMatchObject({ ok: true, value: { fileName: `${n}.pdf`, contentType: 'application/pdf' } });
  }
  expect(await downloadDocument(stores, paperCall, { ...key, itemId: idOf('foreign') })).toMatchObject({
    code: 'not-found',
  });
  expect(await readOwnItem(stores, call(), { ...key, itemId: idOf('foreign') })).toMatchObject({
    code: 'not-found',
  });
});
