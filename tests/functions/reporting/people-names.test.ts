/**
 * People stand in reports by their names; who has none by where they are mailed, and only then by their ids.
 */
import { expect, it } from 'vitest';
import { keepAddress } from '../../../functions/administration/keep-address.ts';
import { withNames } from '../../../functions/reporting/people-names.ts';
import type { ExportCell } from '../../../shared/formats/csv-neutral.ts';
import { memorySettings } from '../../support/memory/settings-store.ts';
import { everything } from '../../support/test-edge.ts';

const personOf = (n: number): string =>
  `62770e8b-fdf7-49af-af88-c8af7e8a4525:3eaeda23-d058-475c-ae0d-c19534f7661${n}`;
const text = (value: string): ExportCell => ({ is: 'text', text: value });

const namesIn = async (
  known: readonly { name: string | null; email: string | null }[],
  rows: ExportCell[][],
) => {
  const settings = memorySettings();
  for (const [n, one] of known.entries()) {
    const who = { by: 't:it', at: '2026-03-07T10:00:00Z' };
    await keepAddress(settings, everything, personOf(n), { ...one, after: 0, reason: 'test' }, who);
  }
  const [section] = await withNames({ settings }, everything, [{ title: 'A', columns: ['owner'], rows }]);
  return section!.rows.map(([cell]) => (cell?.is === 'blank' ? '' : cell?.text));
};

it('by name, else by address, else by id; nothing but whole ids of people is touched', async () => {
  const known = [
    { name: 'Ann Lee', email: 'ann@house.example' },
    { name: null, email: 'bob@house.example' },
  ];
  const rows = [
    ...[text(personOf(0)), text(personOf(1)), text(personOf(2)), text('pool'), text(`x ${personOf(0)}`)],
    { is: 'number', text: '7' } as const,
  ].map((cell) => [cell]);
  expect(await namesIn(known, rows)).toEqual([
    ...['Ann Lee', 'bob@house.example', personOf(2), 'pool', `x ${personOf(0)}`, '7'],
  ]);
});

it('two of one name are told apart', async () => {
  const known = [
    { name: 'Ann Lee', email: 'ann@house.example' },
    { name: 'Ann Lee', email: null },
  ];
  expect(await namesIn(known, [[text(personOf(0))], [text(personOf(1))], [text(personOf(0))]])).toEqual([
    'Ann Lee (ann@house.example)',
    `Ann Lee (${personOf(1)})`,
    'Ann Lee (ann@house.example)',
  ]);
});
