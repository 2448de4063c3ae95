/**
 * Invoice tables with known answers: our own cases row by row, and the series of closed and open invoices summed
 * by another way.
 * From: the evaluation corpora and data beside the project, when they are there. Next: `npm test`. Nothing is copied.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { profileFor } from '../../shared/domain/mapping-profile-choice.ts';
import { builtInProfiles } from '../../shared/formats/profile-list.ts';
import type { RowOutcome } from '../../shared/formats/rows-mapper.ts';
import { readXlsxTable } from '../../shared/formats/xlsx-reader.ts';
import { mapTable, plainDialect, profileNamed, readCsv } from '../formats/tabular/read.ts';

const shared = join(import.meta.dirname, '../../../shared');
const own = join(shared, 'corpora/own-ar');
const invoices = join(shared, 'data/highradius');
const areHere = existsSync(own) && existsSync(invoices);

type Case = {
  file: string;
  locale: string;
  errors?: { row: number; field: string; error: string }[];
  values?: { row: number; amountMinor?: string; issue?: string; due?: string; invoice_number?: string }[];
};
const cases = areHere
  ? (JSON.parse(readFileSync(join(own, 'expected.json'), 'utf8')) as { cases: Case[] }).cases
      .filter(({ file }) => /^(csv|xlsx)\//.test(file))
      .map((one): [string, Case] => [one.file, one])
  : [];

const outcomesOf = async ({ file, locale }: Case): Promise<RowOutcome[]> => {
  const bytes = readFileSync(join(own, file));
  const isFrench = locale === 'fr-FR';
  const dialect = { ...plainDialect, delimiter: isFrench ? ';' : ',' } as const;
  const table = file.endsWith('.xlsx')
    ? await readXlsxTable(bytes, { dialect })
    : readCsv(bytes, { dialect });
  if (!table.ok) throw new Error(table.detail);
  return mapTable(table.value, profileNamed('dunwell-invoices', locale));
};

/** What is decided over several rows of a file belongs to the check of the file, not to a row. */
const ofARow = (error: string): boolean => error !== 'conflicting-duplicate';

describe.runIf(areHere)('our own invoice cases (needs the shared corpora)', () => {
  it.each(cases)('%s is read and refused as expected', async (_, one) => {
    const outcomes = await outcomesOf(one);
    const refused = outcomes.flatMap((outcome) =>
      outcome.is === 'refused' ? outcome.reasons.map((reason) => ({ row: outcome.row, ...reason })) : [],
    );
    const expected = (one.errors ?? []).filter(({ error }) => ofARow(error));
    for (const { row, field, error } of expected)
      expect(refused).toContainEqual(expect.objectContaining({ row, column: field, code: error }));
    expect(new Set(refused.map(({ row }) => row))).toEqual(new Set(expected.map(({ row }) => row)));
    for (const { row, amountMinor, issue, due, invoice_number: number } of one.values ?? []) {
      const read = outcomes[row - 1];
      if (read?.is !== 'accepted' || read.record !== 'document') throw new Error(`row ${row} was not taken`);
      if (amountMinor !== undefined) expect(String(read.row.original)).toBe(amountMinor);
      if (issue !== undefined) expect(read.row.documentOn).toBe(issue);
      if (due !== undefined) expect(read.row.dueOn).toBe(due);
      if (number !== undefined) expect(read.row.number).toBe(number);
    }
  });
});

const rowsOf = (name: string) => {
  const bytes = readFileSync(join(invoices, name));
  const table = readCsv(bytes);
  if (!table.ok) throw new Error(table.detail);
  const profile = profileFor(table.value.header, builtInProfiles);
  if (!profile.ok) throw new Error(profile.detail);
  return {
    profile: profile.value.name,
    outcomes: mapTable(table.value, profile.value, '2020-06-30'),
    text: bytes.toString('utf8'),
  };
};

/** Sums by splitting lines, for files whose cells are never quoted. */
const otherSums = (text: string): Record<string, bigint> => {
  const [header = '', ...lines] = text.trimEnd().split('\n');
  const names = header.split(',');
  const sums: Record<string, bigint> = {};
  for (const line of lines) {
    const cells = line.split(',');
    const currency = cells[names.indexOf('currency_inferred')] || 'USD';
    const [whole = '', cents = ''] = (cells[names.indexOf('total_open_amount')] ?? '').split('.');
    sums[currency] = (sums[currency] ?? 0n) + BigInt(whole + cents.padEnd(2, '0'));
  }
  return sums;
};

describe.runIf(areHere)('closed and open invoices (needs the shared data)', () => {
  it.each([
    ['closed-invoices.csv', 'walk-closed-invoices', 26_747],
    ['open-invoices.csv', 'walk-open-invoices', 6_783],
  ])('every row of %s is taken and the sums are the file’s', (name, profileName, count) => {
    const { profile, outcomes, text } = rowsOf(name);
    expect(profile).toBe(profileName);
    const sums: Record<string, bigint> = {};
    for (const outcome of outcomes) {
      if (outcome.is !== 'accepted') throw new Error(JSON.stringify(outcome));
      if (outcome.record !== 'closedItem' && outcome.record !== 'document') throw new Error(outcome.record);
      const { currency, original } = outcome.row;
      sums[currency] = (sums[currency] ?? 0n) + BigInt(original);
    }
    expect(outcomes).toHaveLength(count);
    expect(sums).toEqual(otherSums(text));
  });

  it('each raw row is taken, or refused for a number cut for display, an unknown type or too many decimals', () => {
    const { profile, outcomes } = rowsOf('raw-format-sample.csv');
    expect(profile).toBe('walk-raw-invoices');
    const codes = outcomes.map((outcome) =>
      outcome.is === 'refused' ? outcome.reasons.map(({ code }) => code) : [outcome.is],
    );
    expect(outcomes).toHaveLength(144);
    expect(codes.flat().filter((code) => code === 'identifier-not-valid')).toHaveLength(116);
    expect(new Set(codes.flat())).toEqual(
      new Set(['accepted', 'identifier-not-valid', 'scale-exceeded', 'unknown-type']),
    );
  });
});

describe.runIf(!areHere)('invoice tables with known answers', () => {
  it('are not here: ../shared is absent, so these cases did not run', () => {
    expect(areHere).toBe(false);
  });
});
