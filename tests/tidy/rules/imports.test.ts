/**
 * Shows the import rules red on small bad examples and green on good ones.
 * From: examples below. Next: `tidy.test.ts` may trust the rules.
 */
import { describe, expect, it } from 'vitest';
import { importTable, importsResolve } from './imports.ts';

const importing = (path: string, specifier: string) => [{ path, text: `import { x } from '${specifier}';` }];

describe('what may not be imported', () => {
  it.each([
    ['shared/domain/money.ts', 'zod', 'the domain may not import zod'],
    ['shared/domain/money.ts', 'temporal-polyfill', 'the domain may not import temporal-polyfill'],
    ['shared/domain/money.ts', '../contracts/topology.ts', 'the domain may not import ../contracts'],
    ['shared/contracts/messages.ts', '../ports/mailer.ts', 'contracts may not import'],
    ['shared/contracts/messages.ts', 'stripe', 'contracts may not import stripe'],
    ['shared/formats/csv/read.ts', '@azure/storage-blob', 'formats may not import'],
    ['shared/formats/csv/read.ts', 'node:fs', 'formats may not import node:fs'],
    ['shared/ports/mailer.ts', '../contracts/messages.ts', 'ports may not import'],
    ['shared/edge/http.ts', '@azure/cosmos', 'the edge may not import @azure/cosmos'],
    ['shared/edge/http.ts', '../azure/cosmos.ts', 'the edge may not import'],
    ['functions/ledger/post-invoice.ts', '../dunning/plan.ts', 'a piece may not import ../dunning/plan.ts'],
    ['functions/ledger/post-invoice.ts', '@azure/service-bus', 'a piece may not import @azure/service-bus'],
    ['functions/ledger/post-invoice.ts', '../../shared/azure/store.ts', 'a piece may not import'],
    ['functions/ledger/post-invoice.ts', '../parts.ts', 'a piece may not import ../parts.ts'],
    ['functions/main.ts', './ledger/post-invoice.ts', 'an entry of the functions may not import'],
    ['functions/main.ts', '../shared/azure/store.ts', 'an entry of the functions may not import'],
    ['shared/azure/store.ts', '../edge/http.ts', 'shared/azure may not import'],
    ['shared/azure/store.ts', '../../local/clock.ts', 'shared/azure may not import'],
    ['local/email/start.ts', '../cosmos/start.ts', 'a stand-in may not import ../cosmos/start.ts'],
    ['local/email/start.ts', '../main.ts', 'a stand-in may not import ../main.ts'],
    ['local/email/start.ts', '../../shared/domain/money.ts', 'a stand-in may not import'],
    ['local/kit/journal.ts', '../email/start.ts', 'a stand-in may not import'],
    ['web/staff/main.tsx', '../portal/main.tsx', 'a client may not import ../portal'],
    ['web/kit/money.tsx', '../../shared/domain/money.ts', 'the web kit may not import'],
    ['helpers/useful.ts', './other.ts', 'belongs to no side'],
  ])('%s from %s', (path, specifier, finding) => {
    expect(importTable(importing(path, specifier))).toEqual([expect.stringContaining(finding)]);
  });

  it('is seen in re-exports, dynamic imports, require calls and type imports as well', () => {
    const text = [
      "export * from 'zod';",
      "const a = await import('zod');",
      "const b = require('zod');",
      "type C = import('zod').ZodType;",
      "import type { ZodType } from 'zod';",
    ].join('\n');
    expect(importTable([{ path: 'shared/domain/money.ts', text }])).toHaveLength(5);
  });
});

describe('what may be imported', () => {
  it.each([
    ['shared/domain/calendar.ts', 'temporal-polyfill'],
    ['shared/contracts/topology.ts', '../../infra/topology.json'],
    ['functions/ledger/post-invoice.ts', './apply-cash.ts'],
    ['functions/ledger/post-invoice.ts', '../../shared/edge/queue.ts'],
    ['functions/main.ts', './ledger/triggers.ts'],
    ['functions/parts.ts', '../shared/azure/store.ts'],
    ['local/email/http/send.ts', '../store/mails.ts'],
    ['local/email/start.ts', '../kit/journal.ts'],
    ['local/main.ts', '../functions/main.ts'],
    ['shared/azure/store.ts', '@azure/cosmos'],
    ['tests/walk/walk.test.ts', '../../functions/ledger/post-invoice.ts'],
  ])('%s from %s', (path, specifier) => {
    expect(importTable(importing(path, specifier))).toEqual([]);
  });
});

describe('where relative imports lead', () => {
  const target = { path: 'shared/domain/money.ts', text: '' };

  it('to a file, named with its ending', () => {
    expect(importsResolve([...importing('shared/domain/aging.ts', './money.ts'), target])).toEqual([]);
  });

  it('not to a name without its ending', () => {
    expect(importsResolve([...importing('shared/domain/aging.ts', './money'), target])).toEqual([
      'shared/domain/aging.ts:1: write the whole file name, ending in .ts, instead of ./money',
    ]);
  });

  it('not to a file that is not there', () => {
    expect(importsResolve([...importing('shared/domain/aging.ts', './mony.ts'), target])).toEqual([
      'shared/domain/aging.ts:1: no such file: ./mony.ts',
    ]);
  });
});
