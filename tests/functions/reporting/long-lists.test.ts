/**
 * Lists of reports with more rows than they show say how many there are and where; sums are of all of them.
 */
import { expect, it } from 'vitest';
import { readSectionsFor } from './section-calls.ts';
import { newAccount, noBalance, type AccountHead } from '../../../shared/domain/account.ts';
import type { Day } from '../../../shared/domain/calendar.ts';
import { reportText } from '../../../shared/formats/report-mail.ts';
import type { AccountStore } from '../../../shared/ports/account-store.ts';
import { money } from '../../support/account-examples.ts';
import { everything } from '../../support/test-edge.ts';
import { companyId } from './projection-support.ts';
import { newReportParts } from './report-parts.ts';

const many = 5_101;
const numbers = Array.from({ length: many }, (_, at) => at);

/** Accounts one after the other; each owes a cent more than the one before. */
const manyHeads: Pick<AccountStore, 'heads'>['heads'] = async (_scope, _company, { limit, after }) => {
  const from = Number(after ?? 0);
  const heads = numbers.slice(from, from + limit).map((at): AccountHead => {
    const accountId = `a${String(at).padStart(5, '0')}`;
    const open = money(at + 1);
    return {
      ...newAccount({ companyId, accountId }).head,
      ...{ version: 1, balances: { EUR: { ...noBalance, open } }, oldestDueOn: '2026-01-05' as Day },
      openItems: [
        {
          id: 'item:invoice:1',
          kind: 'invoice',
          currency: 'EUR',
          open,
          dueOn: '2026-01-05' as Day,
          stage: 0,
        },
      ],
    };
  });
  return { heads, ...(from + limit < many && { after: String(from + limit) }) };
};

it('customers of a seller: the first 5,000 rows, and a word that there are more', async () => {
  const { parts } = newReportParts();
  const accounts = { ...parts.accounts, heads: manyHeads };
  const [customers] = await readSectionsFor({ ...parts, accounts }, 'salesAccounts');
  expect(customers!.rows).toHaveLength(5_000);
  expect(customers!.note).toBe(`The first 5000 of ${many}; the whole list: api/aging?company=${companyId}`);
  const page = {
    title: 'Your customers',
    company: 'C',
    zone: 'UTC',
    about: [],
    lines: [],
    notes: [],
    pictures: [],
  };
  const mail = reportText({ ...page, sections: [customers!] });
  expect(mail).toContain('4975 more in the workbook.');
  expect(mail).toContain(`The first 5000 of ${many}`);
});

it('the largest are found however many accounts there are', async () => {
  const { parts } = newReportParts();
  const accounts = { ...parts.accounts, heads: manyHeads };
  const [largest] = await readSectionsFor({ ...parts, accounts }, 'largest');
  const names = largest!.rows.map(([account]) => (account!.is === 'blank' ? '' : account!.text));
  expect(names).toEqual(
    Array.from({ length: 20 }, (_, back) => `a${String(many - 1 - back).padStart(5, '0')}`),
  );
  expect(largest!.note).toBeUndefined();
});

it('open problems are counted by owner over all cases, with the list cut and saying so', async () => {
  const { parts, cases } = newReportParts();
  for (const at of numbers)
    await cases.put(everything, {
      ...{ id: `case-${at}`, companyId, accountId: 'a', as: 'dispute', code: 'price', state: 'opened' },
      ...{ isOpen: true, owner: 't:owner', department: 'sales', amount: money(2), currency: 'EUR' },
      ...{ openedOn: '2026-02-10' as Day, missingPapers: [], version: 1 },
    } as never);
  const [owners, list] = await readSectionsFor(parts, 'problems');
  expect(owners!.rows.map((row) => row.map((cell) => (cell.is === 'blank' ? '' : cell.text)))).toEqual([
    ['t:owner', 'EUR', String(many), ((2 * many) / 100).toFixed(2), '27', '0'],
  ]);
  expect(list!.rows).toHaveLength(5_000);
  expect(list!.note).toContain(`of ${many}; the whole list: api/companies/${companyId}/cases`);
});
