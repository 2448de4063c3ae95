/**
 * What executives look at is live (R4, R113): a minute after a payment is posted, by its event and before any tick, balance,
 * DSO and the list of risks show it; each tile has its formula and says how old it is, and of when ERP and bank are.
 */
import { expect, it } from 'vitest';
import { eventOf } from '../../../functions/ledger/relay-entries.ts';
import { projectEvents } from '../../../functions/reporting/project-events.ts';
import { readBalances } from '../../../functions/reporting/read-balances.ts';
import { homePlans, readHome } from '../../../functions/reporting/read-home.ts';
import { readKpis } from '../../../functions/reporting/read-kpis.ts';
import { sha256 } from '../../../shared/azure/entry-hash.ts';
import { cellOf } from '../../../shared/contracts/access.ts';
import type { BookStanding } from '../../../shared/domain/book-standing.ts';
import { kpisQuery } from '../../../shared/contracts/reports.ts';
import type { SalesRow } from '../../../shared/domain/other-rows.ts';
import { applyPayment, receivePayment } from '../../../shared/domain/apply-payment.ts';
import type { ReferenceStore } from '../../../shared/ports/reference-store.ts';
import { day, factsOf, money } from '../../support/account-examples.ts';
import { all, keyOf, namesOf, noonOf, today, worklistWorld } from '../collections/worklist-world.ts';
import { newReportParts } from './report-parts.ts';

const sale = (month: string, lastDay: number): SalesRow => ({
  ...{ row: 1, fromOn: day(`${month}-01`), toOn: day(`${month}-${lastDay}`), currency: 'EUR' },
  gross: money(900_000),
});
const sales = [sale('2026-08', 31), sale('2026-09', 30), sale('2026-10', 31)];
const references = {
  newest: async () => sales.map((row) => ({ kind: 'sales', row })) as never,
} as unknown as ReferenceStore;
const book: BookStanding = {
  ...{ mode: 'erpLed', feedAsOf: '2026-11-24T05:00:00Z', bankAsOf: '2026-11-23', control: null },
  silentBecause: [],
};

const newCompany = async () => {
  const world = await worklistWorld();
  const made = newReportParts();
  const { accounts, worklist, settings } = world.parts;
  const parts = {
    ...{ ...made.parts, accounts, worklist, settings, references },
    ...{ bookOf: async () => book, zoneOf: async () => 'Europe/Berlin' },
  };
  let heard = 0;
  /** Entries of an account since the last time, as the relay tells them: to the figures, and to the list. */
  const tell = async (name: string, from = heard): Promise<void> => {
    const key = keyOf(name);
    for (const { version, at, hash, facts } of await accounts.entries(all, key, {
      afterVersion: from,
      limit: 99,
    })) {
      const [moved] = await accounts.moves(all, key, { afterVersion: version - 1, limit: 1 });
      const told = { ...key, version, entry: { at, hash, facts: [...facts] }, moves: moved!.moves };
      await projectEvents([eventOf(told, sha256).body], all, parts);
      heard = version;
    }
    await world.hear(await world.eventsOf(key));
  };
  await world.owe(keyOf('large'), 40, 900_000);
  await world.owe(keyOf('small'), 20, 100_000);
  await tell('small', 0);
  await tell('large', 0);
  const now = noonOf(today).add({ seconds: 60 });
  const call = { companyId: 'acme', callerId: 't:boss', scope: all, now };
  const seen = async () => {
    const kpis = await readKpis('acme', kpisQuery.parse({ page: 'ceo' }), all, now, parts);
    const home = await readHome(parts, 'ceo', call);
    const balances = await readBalances({ company: ['acme'] }, all, parts);
    if (!kpis.ok || !home.ok || !balances.ok) throw new Error('not seen');
    return { kpis: kpis.value, home: home.value, balances: balances.value };
  };
  const figures = async () => {
    const { kpis, home, balances } = await seen();
    const of = (name: string, part?: string) =>
      kpis.tiles.find((one) => one.name === name && (part === undefined || one.part === part))?.value;
    const risks = home.blocks.find(({ name }) => name === 'topRisks')!.rows;
    return {
      balance: balances.companies[0]?.openByCurrency['EUR'],
      receivables: of('receivables'),
      overdue: of('overdueShare'),
      dso: of('dso', 'simple'),
      risks: risks.map(({ accountId, amount }) => [accountId, amount]),
      list: namesOf((await world.list()).ranked),
      dataAt: kpis.freshness.dataAt,
    };
  };
  return { world, accounts, tell, seen, figures };
};

it('a payment is in balance, DSO, risks and worklist within the minute', async () => {
  const { world, accounts, tell, figures } = await newCompany();
  expect(await figures()).toMatchObject({
    ...{ balance: 1_000_000, receivables: 1_000_000, dso: Math.round((1_000_000 / 2_700_000) * 92 * 100) },
    ...{
      list: ['large', 'small'],
      risks: [
        ['large', 900_000],
        ['small', 100_000],
      ],
    },
  });
  const key = keyOf('large');
  const item = 'item:invoice:R-40-900000';
  const { account } = await accounts.load(all, key, [item]);
  const paymentId = 'item:payment:1';
  const received = receivePayment(account, {
    ...{ paymentId, receiptId: 'r1', amount: money(900_000), currency: 'EUR', portion: '' },
    ...{ source: 'test', receivedOn: today, on: today },
  });
  await world.say(key, factsOf(received));
  const after = (await accounts.load(all, key, [item, paymentId])).account;
  const applied = { paymentId, itemId: item, changeId: 'c1', amount: money(900_000), on: today };
  await world.say(key, factsOf(applyPayment(after, applied)));
  await tell('large');
  expect(await figures()).toMatchObject({
    ...{ balance: 100_000, receivables: 100_000, dso: Math.round((100_000 / 2_700_000) * 92 * 100) },
    ...{ list: ['small'], risks: [['small', 100_000]], dataAt: '2026-11-24T11:00:00Z' },
  });
});

it('the CEO’s page has DSO, CEI and the overdue share, each with its formula, and says of when it all is', async () => {
  const { seen } = await newCompany();
  const { kpis, home } = await seen();
  expect(cellOf(homePlans.ceo.action, 'EXE').scope).toBe('A');
  for (const name of ['dso', 'cei', 'overdueShare']) {
    expect(home.tiles.map((tile) => tile.name)).toContain(name);
    expect(kpis.notes[name]?.formula.length).toBeGreaterThan(10);
  }
  expect(home.tiles.find(({ name }) => name === 'overdueShare')).toMatchObject({ value: 10_000 });
  expect([kpis.asOf, kpis.freshness.dataAt, home.dataAt]).toEqual([
    ...[today, '2026-11-24T11:00:00Z', '2026-11-24T11:00:00Z'],
  ]);
  expect([kpis.freshness.book, home.book]).toEqual([book, book]);
});
