/**
 * The shared bank statements, each with the verdict its sums demand. Skipped where `../shared` is absent.
 * From: `../shared/data`, `../shared/corpora`, read in place. Next: nothing.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bankProfile, readBankText } from '../formats/bank/bank-tables.ts';
import { hashText } from '../formats/bank/examples.ts';
import { readStatement } from '../../shared/formats/bank-statement.ts';
import type { StatementFormat } from '../../shared/formats/bank-shape.ts';

const shared = pathToFileURL(`${join(import.meta.dirname, '../../../shared')}/`);
const isThere = existsSync(new URL('data/camt/', shared));
if (!isThere) process.stderr.write('bank corpora skipped: ../shared is absent\n');

const table = bankProfile({
  ...{ postingDate: 'Date', text: 'Description', amount: 'Amount', currency: 'Currency' },
  ...{ balance: 'Balance', account: 'Account', bankReference: 'Reference' },
});

const verdictOf = (path: string, format: StatementFormat | 'table'): unknown => {
  const bytes = readFileSync(new URL(path, shared));
  const rules = { hashText, acceptIntraday: true, acceptNotifications: true };
  const read = format === 'table' ? readBankText(bytes, table) : readStatement(bytes, format, rules);
  if (!read.ok) return read.code;
  return read.value.statements.map(({ currency, credits, debits, closing }) => [
    currency,
    credits,
    debits,
    closing,
  ]);
};

describe.runIf(isThere)('shared statements', () => {
  it.each<[string, StatementFormat | 'table', unknown]>([
    ['data/camt/bsp__camt.053.001.02.xml', 'camt053', [['SEK', 13_567_850, -20_000_000, 43_567_850]]],
    ['data/camt/via__053-valid_example.xml', 'camt053', [['EUR', 100, -1_100, 2_306]]],
    ['data/camt/via__053-valid_example_with_batch.xml', 'camt053', 'control-total-mismatch'],
    [
      'data/mt940/jejik__generic.sta',
      'mt940',
      [
        ['EUR', 0, -1_000, 9_000],
        ['EUR', 0, -1_000, 8_000],
      ],
    ],
    ['data/mt940/jejik__abnamro.sta', 'mt940', 'control-total-mismatch'],
    ['data/mt940/betterplace__sepa_snippet.sta', 'mt940', 'control-total-mismatch'],
    ['data/mt940/cmxl__mt940.sta', 'mt940', 'unknown-currency'],
    ['data/mt940/self-provided__sparkassen.sta', 'mt940', 'missing-term'],
    [
      'data/bai2/sample1.txt',
      'bai2',
      [
        ['CAD', 208_500, -208_500, undefined],
        ['CAD', 111_500, -111_500, undefined],
      ],
    ],
    ['data/bank-csv-ofx/bsp__sample_statement.csv', 'table', [['EUR', 250_000, -120_000, 380_000]]],
    ['corpora/camt-genkgo/camt052.v6.xml', 'camt052', [['SEK', 0, 0, undefined]]],
    ['corpora/camt-genkgo/camt052.v6.Amt-zero.xml', 'camt052', [['SEK', 0, 0, undefined]]],
    ['corpora/camt-genkgo/camt054.v4.xml', 'camt054', [['SEK', 0, -20_000_000, undefined]]],
    ['corpora/camt-genkgo/camt053.v8.xml', 'camt053', 'currency-mismatch'],
    ['corpora/camt-genkgo/camt053.v2.minimal.ultimate.xml', 'camt053', 'currency-mismatch'],
    ['corpora/camt-genkgo/camt053.v2.all-balance-types.xml', 'camt053', 'control-total-mismatch'],
    ['corpora/camt-genkgo/camt53.only-Dt-with-DtTm.xml', 'camt053', 'missing-term'],
    ['corpora/own-ar/camt/ok.xml', 'camt053', [['EUR', 23_800, 0, 23_800]]],
  ])('%s', (path, format, verdict) => {
    expect(verdictOf(path, format)).toEqual(verdict);
  });

  it('the control totals of five BAI2 accounts are met', () => {
    expect(verdictOf('data/bai2/sample2.txt', 'bai2')).toHaveLength(5);
  });

  it('the same statement again has the same receipts', () => {
    const idsOf = (name: string): string[] => {
      const read = readStatement(readFileSync(new URL(`corpora/own-ar/camt/${name}`, shared)), 'camt053', {
        hashText,
      });
      return read.ok ? read.value.receipts.map(({ receiptId, amount }) => `${receiptId} ${amount}`) : [];
    };
    expect(idsOf('ok.xml')).toHaveLength(1);
    expect(idsOf('again.xml')).toEqual(idsOf('ok.xml'));
  });
});
