/**
 * What the walk itself finds wrong in a mail.
 * From: invented files and mails. Next: `scripts/walk/asked-check.ts`.
 */
import { expect, it } from 'vitest';
import { accountsIn, rowsByAddress, wrongIn } from '../../scripts/walk/asked-check.ts';

const file = Buffer.from(
  [
    'number,account,name,posting_date,due_date,currency,open_amount',
    'N1,A1,,2026-03-01,2026-03-05,,12.50',
    'N2,A1,,2026-03-01,2026-03-05,CAD,100.00',
    'N3,A2,,2026-03-01,2026-03-05,USD,7.00',
    'N4,A1,,2026-03-01,2026-03-05,USD,1.2.3',
    '',
  ].join('\n'),
);
const before = Buffer.from(file.toString().replace('1.2.3', '1.23'));
const rows = rowsByAddress(file, 'USD', rowsByAddress(before, 'USD'));
const mail = {
  ...{ id: '1', at: '2026-03-06T09:00:00Z', to: 'ap@a1.example', subject: '', plain: '' },
  isStatement: false,
};
const item = (number: string, openMinor: number, currency = 'USD') => ({ number, currency, openMinor });
const wrong = (items: ReturnType<typeof item>[], sums: Record<string, number>) =>
  wrongIn({ ...mail, items, sums }, rows);

it('finds nothing in a mail that asks for what the file holds, less credits', () => {
  expect(wrong([item('N1', 1250), item('N2', 10_000, 'CAD')], { USD: 1000, CAD: 10_000 })).toEqual([]);
});

it.each([
  ['an item the file dropped', [item('N9', 1250)], { USD: 1250 }],
  ["another account's item", [item('N3', 700)], { USD: 700 }],
  ['another amount', [item('N1', 1251)], { USD: 1251 }],
  ['another currency', [item('N1', 1250, 'CAD')], { CAD: 1250 }],
  ['a row nobody can read', [item('N4', 123)], { USD: 123 }],
  ['a sum above its items', [item('N1', 1250)], { USD: 1251 }],
  ['a sum without items', [], { EUR: 1 }],
] as const)('finds %s', (_what, items, sums) => {
  expect(wrong([...items], sums)).toHaveLength(1);
});

it('lets a statement show what could not be read as it was before, and nothing else', () => {
  const told = (openMinor: number) => [item('N4', openMinor)];
  const statement = { ...mail, isStatement: true };
  expect(wrongIn({ ...statement, items: told(123), sums: {} }, rows)).toEqual([]);
  expect(wrongIn({ ...statement, items: told(124), sums: {} }, rows)).toHaveLength(1);
});

it('knows the accounts of a file, and of a file of other columns none', () => {
  expect(accountsIn(file)).toEqual(['A1', 'A2']);
  expect(accountsIn(Buffer.from('Belegnummer,Konto\n1,2\n'))).toEqual([]);
});
