/**
 * Hostile and awkward files through the whole ingestion path: each ends as its list says, and nothing of a refused
 * one goes on. The files lie outside the repository.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dunwellInvoices } from '../../../shared/formats/profile-dunwell.ts';
import { everything } from '../../support/test-edge.ts';
import { createWorld } from './world.ts';

const folder = join(import.meta.dirname, '../../../../shared/corpora/own-ar');
const list = join(folder, 'expected.json');

type Case = {
  file: string;
  locale?: string;
  verdict: string;
  values?: { row: number; amountMinor?: string; invoice_number?: string }[];
  errors?: { row: number; field: string; error: string }[];
  error?: string;
};

const cases = existsSync(list)
  ? (JSON.parse(readFileSync(list, 'utf8')) as { cases: Case[] }).cases.filter(({ file }) =>
      /^(csv|xlsx|ubl|camt)\//.test(file),
    )
  : [];
if (cases.length === 0) process.stdout.write(`no own-ar files at ${folder}: their tests are left out\n`);

describe.runIf(cases.length > 0)('own-ar', () => {
  it.each(cases.map((one) => [one.file, one] as const))('%s ends as listed', async (file, expected) => {
    const world = createWorld();
    // a source that writes semicolons has a profile of the company that says so
    const semicolons = {
      ...dunwellInvoices,
      name: 'french',
      dialect: { ...dunwellInvoices.dialect, delimiter: ';' },
    };
    const setting = {
      value: semicolons,
      by: 'tenant:person',
      at: '2026-11-22T10:00:00Z',
      reason: 'its source',
    };
    await world.settings.save(everything, { scope: 'company:acme', name: 'profile:french' }, 0, setting);
    const document = await world.upload(readFileSync(join(folder, file)), {
      name: file.slice(file.indexOf('/') + 1),
      kind: file.startsWith('camt') ? 'bankStatement' : 'invoices',
      ...(expected.locale ? { locale: expected.locale } : {}),
      asOf: file.includes('fr-') || file.startsWith('xlsx') ? '2024-03-01T00:00:00Z' : '2026-11-22T00:00:00Z',
    });
    if (expected.verdict === 'reject-file') {
      expect([document.state, document.because?.code]).toEqual(['refused', expected.error]);
      expect([world.sent('account-postings'), world.sent('received-payments')]).toEqual([[], []]);
      return;
    }
    expect(document.because).toBeUndefined();
    const errors = (await world.rejected(document)).flatMap(({ row, reasons }) =>
      reasons.map(({ code }) => `${row} ${code}`),
    );
    const listed = (expected.errors ?? []).map(({ row, error }) => `${row} ${error}`);
    expect([...new Set(errors)]).toEqual([...new Set(listed)]);
    const rows = JSON.stringify([...world.lines('/parts/'), ...world.lines('/receipts/')]);
    for (const { amountMinor, invoice_number: number } of expected.values ?? []) {
      if (amountMinor !== undefined)
        expect(rows).toMatch(new RegExp(`"(original|amount)":${amountMinor}\\b`));
      if (number !== undefined) expect(rows).toContain(`"number":"${number}"`);
    }
  });
});
