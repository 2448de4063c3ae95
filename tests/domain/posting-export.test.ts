/** Posting export: what is listed, when it is late, and a file no spreadsheet runs. */
import { describe, expect, it } from 'vitest';
import { instantFromText } from '../../shared/domain/calendar.ts';
import {
  exportIdOf,
  isLineOverdue,
  lineOfProposal,
  type PostingLine,
} from '../../shared/domain/posting-export.ts';
import type { Proposal } from '../../shared/domain/proposal.ts';
import { sha256 } from '../../shared/azure/entry-hash.ts';
import { businessCalendar } from '../../shared/formats/business-calendar.ts';
import { day, money } from '../support/account-examples.ts';

const calendar = await businessCalendar('DE', day('2026-11-20'));
const line = (id: string, more: Partial<PostingLine> = {}): PostingLine => ({
  ...{ id, kind: 'receipt', accountId: 'A', currency: 'EUR', amount: money(100) },
  ...{ on: day('2026-11-20'), since: '2026-11-19T09:00:00Z', reference: 'wire' },
  ...more,
});

describe('a line nobody confirmed', () => {
  const isLate = (now: string) => isLineOverdue(line('a'), instantFromText(now), 'Europe/Berlin', calendar);

  it('is a task on the third business day after the money came, the weekend not counted', () => {
    expect(isLate('2026-11-23T22:59:59Z')).toBe(false); // Monday, the second
    expect(isLate('2026-11-23T23:00:00Z')).toBe(true); // Tuesday in Berlin
  });
});

it('an approved proposal is a line under its own id, with what it lowers and why', () => {
  const proposal: Proposal = {
    ...{ id: 'proposal:1', companyId: 'c', accountId: 'A', kind: 'writeOff', amount: money(500) },
    ...{
      currency: 'EUR',
      items: [{ itemId: 'i1', amount: money(500) }],
      reason: 'small',
      on: day('2026-11-20'),
    },
    ...{ by: 'x', approvedBy: 'y', approvedAt: '2026-11-20T11:00:00Z', state: 'approved' },
  };
  expect(lineOfProposal(proposal)).toEqual({
    ...{ id: 'proposal:1', kind: 'writeOff', accountId: 'A', itemId: 'i1', currency: 'EUR', amount: 500 },
    ...{ on: '2026-11-20', since: '2026-11-20T11:00:00Z', reason: 'small', reference: 'i1' },
  });
  const two = {
    ...proposal,
    kind: 'allocation',
    from: 'credit',
    items: [...proposal.items, ...proposal.items],
  };
  expect(lineOfProposal(two as Proposal)).not.toHaveProperty('itemId');
  expect(lineOfProposal(two as Proposal).reference).toBe('credit');
});

it('an export is named by its company, number and lines', () => {
  const name = exportIdOf('c', 1, [line('a')], sha256);
  expect(exportIdOf('c', 1, [line('a', { amount: money(7) })], sha256)).toBe(name);
  const others = [exportIdOf('d', 1, [line('a')], sha256), exportIdOf('c', 1, [line('b')], sha256)];
  expect(new Set([name, ...others]).size).toBe(3);
});
