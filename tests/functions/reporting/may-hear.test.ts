/**
 * Who may be told of an alert: whoever sees what it names just now, and nobody else, whatever their part on the list.
 */
import { describe, expect, it } from 'vitest';
import { mayHear } from '../../../functions/reporting/may-hear.ts';
import { instantFromText } from '../../../shared/domain/calendar.ts';
import { amountOf } from '../../../shared/domain/money.ts';
import type { AlertRecord } from '../../../shared/ports/alert-store.ts';
import { fillCompany, people, recipient } from './mail-people.ts';
import { appendFacts, companyId } from './projection-support.ts';
import { newReportParts } from './report-parts.ts';

const now = instantFromText('2026-03-09T07:10:00Z');
const ann = recipient('t:ann', 'COL', ['collector']);
const bob = recipient('t:bob', 'COL', ['collector']);
const sam = recipient('t:sam', 'SAL', ['salesOwner']);
const it1 = recipient('t:it', 'ADM', ['it']);
const owner = recipient('t:owner', 'DSO', ['disputeOwner']);
const boss = recipient(people.boss, 'EXE', ['cfo']);
const manager = recipient(people.manager, 'CRM', ['creditManager']);
const ended = recipient(people.ended, 'EXE', ['cfo']);
const stranger = recipient(people.stranger, 'CRM', ['creditManager']);
const unknown = recipient('t:unknown', 'CRM', ['creditManager']);

const alert: AlertRecord = {
  id: 'x',
  companyId,
  rule: 'largeReceipt',
  to: ['cfo'],
  at: '2026-03-09T07:00:00Z',
};
const ofAccount = { ...alert, accountId: 'north' };
const ofMove = { ...alert, rule: 'accountsMoved', to: ['t:ann', people.ended] };
const ofCase = { ...ofAccount, caseId: 'case-1', to: ['t:owner'] };

const hears = async (who: typeof ann, told: AlertRecord): Promise<boolean> => {
  const { parts, world, settings } = newReportParts();
  await fillCompany(settings, [ann, bob, sam, it1, owner]);
  const on = '2026-03-02' as never;
  await appendFacts(world, 'north', '2026-03-02', [
    { kind: 'accountAssigned', to: 't:ann', on },
    { kind: 'salesOwnersNamed', owners: ['t:sam'], on },
  ]);
  return mayHear(parts, who as never, told, now);
};

describe('an alert', () => {
  it.each<[string, typeof ann, AlertRecord, boolean]>([
    ['of an account: an executive', boss, ofAccount, true],
    ['of an account: a manager of the company', manager, ofAccount, true],
    ['of an account: its collector', ann, ofAccount, true],
    ['of an account: another collector', bob, ofAccount, false],
    ['of an account: who sells to it', sam, ofAccount, true],
    ['of an account that is not there: its collector', ann, { ...alert, accountId: 'never' }, false],
    ['of an account: an administrator', it1, ofAccount, false],
    ['of an account: a manager of another company', stranger, ofAccount, false],
    ['of an account: who was ended', ended, ofAccount, false],
    ['of an account: of whom nothing is known', unknown, ofAccount, false],
    ['of a case: its account’s collector', ann, ofCase, true],
    ['of a case: in whose hand it is', owner, ofCase, true],
    ['of a case: an owner of other cases', owner, { ...ofCase, to: ['t:other'] }, false],
    ['of a sum of the company: an administrator', it1, { ...alert, amount: amountOf(1) }, false],
    ['of the company itself: an administrator', it1, alert, true],
    ['of the company itself: a collector', ann, alert, false],
    ['of the company itself: who was ended', ended, alert, false],
    ['of accounts that changed hands: who has or had them', ann, ofMove, true],
    ['of accounts that changed hands: another collector', bob, ofMove, false],
    ['of accounts that changed hands: who was ended', ended, ofMove, false],
    ['of accounts that changed hands: a manager it does not name', manager, ofMove, false],
  ])('%s', async (_who, who, told, expected) => {
    expect(await hears(who, told)).toBe(expected);
  });
});
