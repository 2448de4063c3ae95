/**
 * Home pages (R113): each role finds what comes first for it, of its own accounts alone, and the way to the rest.
 */
import { describe, expect, it } from 'vitest';
import { homePlans, readHome } from '../../../functions/reporting/read-home.ts';
import { cellOf, type Principal } from '../../../shared/contracts/access.ts';
import { homeAnswer, homeRoles, type HomeRole } from '../../../shared/contracts/home.ts';
import { instantFromText, type Day } from '../../../shared/domain/calendar.ts';
import type { Fact } from '../../../shared/domain/facts.ts';
import { postItem } from '../../../shared/domain/post-item.ts';
import { scopeOf, scopeOver, type Scope } from '../../../shared/domain/scope.ts';
import type { WorklistRow } from '../../../shared/domain/worklist-row.ts';
import { projectEvents } from '../../../functions/reporting/project-events.ts';
import { after, factsOf, itemWith, money } from '../../support/account-examples.ts';
import { everything } from '../../support/test-edge.ts';
import { appendFacts, companyId } from './projection-support.ts';
import { newReportParts } from './report-parts.ts';

const now = instantFromText('2026-03-09T07:10:00Z');
const today = '2026-03-09' as Day;

const newHome = async () => {
  const { parts, world, worklist, cases } = newReportParts();
  for (const [accountId, who] of [
    ['north', 't:ann'],
    ['south', 't:bob'],
  ] as const) {
    const item = itemWith({ id: `item:invoice:${accountId}`, original: money(500), open: money(500) });
    const facts: Fact[] = [
      ...factsOf(postItem(after(), item)),
      { kind: 'accountAssigned', to: who, on: today },
      { kind: 'salesOwnersNamed', owners: [who], on: today },
    ];
    await projectEvents(await appendFacts(world, accountId, today, facts, [item.id]), everything, world);
    const row: WorklistRow = {
      ...{ companyId, accountId, collectorId: who, salesOwners: [], currency: 'EUR', version: 1, stage: 0 },
      ...{ writtenOn: today, turnsOn: '2026-03-20' as Day, best: money(5), visibleFrom: today },
      phases: [{ from: today, claim: money(500), points: money(5), parts: [] }],
      dues: [{ id: 'd', kind: 'reply', on: today }],
    };
    await worklist.put(everything, row);
    for (let n = 0; n < 7; n += 1)
      await cases.put(everything, {
        ...{
          id: `case-${accountId}-${n}`,
          companyId,
          accountId,
          as: 'dispute',
          code: 'price',
          state: 'opened',
        },
        ...{ isOpen: true, owner: who, department: 'sales', amount: money(100 + n), currency: 'EUR' },
        ...{ openedOn: today, missingPapers: [], version: 1, assignedTo: who, salesOwners: [who] },
      });
  }
  const read = async (role: HomeRole, scope: Scope = everything, callerId = 't:ann') => {
    const page = await readHome(parts, role, { companyId, callerId, scope, now });
    return page.ok ? homeAnswer.parse(page.value) : page.code;
  };
  return { read };
};

const own = (by: 'collector' | 'salesOwner', id: string): Scope =>
  scopeOf([{ companies: [companyId], accounts: { by, ids: [id] } }]);
const blockOf = (page: Awaited<ReturnType<Awaited<ReturnType<typeof newHome>>['read']>>, name: string) =>
  typeof page === 'string' ? undefined : page.blocks.find((block) => block.name === name);

describe('a home page', () => {
  it.each(homeRoles)(
    'of %s has something first, something to do, and no list longer than its page',
    async (role) => {
      const { read } = await newHome();
      const page = await read(role);
      if (typeof page === 'string') throw new Error(page);
      expect(page.blocks[0]?.place).toBe('first');
      expect(page.action.behind).toMatch(/^api\//);
      for (const { rows, behind } of page.blocks) {
        expect(rows.length).toBeLessThanOrEqual(5);
        expect(behind).not.toContain('{company}');
      }
      expect(page.tiles.length > 0).toBe(homePlans[role].page !== undefined);
      // tiles say how old they are
      expect(page.dataAt).toBe(page.tiles.length > 0 ? `${today}T12:00:00Z` : null);
    },
  );

  it.each<[HomeRole, Principal]>([
    ['ceo', 'EXE'],
    ['cfo', 'EXE'],
    ['creditManager', 'CRM'],
    ['collector', 'COL'],
    ['arClerk', 'ARC'],
    ['disputeOwner', 'DSO'],
    ['customerService', 'CSR'],
    ['sales', 'SAL'],
    ['bookkeeper', 'BKK'],
    ['placed', 'INQ'],
    ['it', 'ADM'],
  ])('of %s is open to %s', (role, who) => {
    expect(cellOf(homePlans[role].action, who).scope).not.toBe('-');
  });

  it('of a collector tells of their own accounts, whoever else has work', async () => {
    const { read } = await newHome();
    const page = await read('collector', own('collector', 't:ann'));
    expect(blockOf(page, 'dueToday')?.rows).toMatchObject([
      { accountId: 'north', what: 'reply', amount: 500 },
    ]);
    expect(JSON.stringify(page)).not.toContain('south');
  });

  it('of sales tells of what they sell, and their own cases', async () => {
    const { read } = await newHome();
    const page = await read('sales', own('salesOwner', 't:ann'));
    expect(blockOf(page, 'ownAccounts')?.rows).toMatchObject([{ accountId: 'north', amount: 500 }]);
    expect(JSON.stringify(page)).not.toContain('south');
  });

  it('of a dispute owner has the cases in their hand, and says that there are more', async () => {
    const { read } = await newHome();
    const cases = blockOf(await read('disputeOwner', everything, 't:bob'), 'ownCases');
    expect([cases?.rows.length, cases?.isMore]).toEqual([5, true]);
    expect(cases?.rows.every(({ accountId }) => accountId === 'south')).toBe(true);
  });

  it('of executives begins with the largest cases', async () => {
    const { read } = await newHome();
    const rows = blockOf(await read('ceo'), 'largestCases')?.rows ?? [];
    expect(rows.map(({ amount }) => amount)).toEqual([106, 106, 105, 105, 104]);
  });

  it.each(homeRoles)('of %s of a company somebody does not see is not there', async (role) => {
    const { read } = await newHome();
    expect(await read(role, scopeOver(['another']), 't:stranger')).toBe('not-found');
    // who answers for cases is shown these, and nothing else
    const own = await read(role, scopeOver(['another']));
    if (role !== 'disputeOwner') expect(own).toBe('not-found');
    else
      expect(own).toMatchObject({
        tiles: [],
        book: null,
        blocks: [{ name: 'ownCases' }, { name: 'decided' }],
      });
  });
});
