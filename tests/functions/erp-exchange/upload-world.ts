/**
 * Files as an ERP and a bank write them, uploaded and worked until the bus is quiet: from the first byte to the book.
 * From: tests of the cases of `defaults.md` §2.4 and §2.6. Next: the world of `snapshot-world.ts`.
 */
import { createHash } from 'node:crypto';
import { receiveFile } from '../../../functions/invoice-ingestion/receive-file.ts';
import { bankAccountHash } from '../../../functions/ledger/settle-payer.ts';
import { sha256 } from '../../../shared/azure/entry-hash.ts';
import type { ImportBody } from '../../../shared/contracts/imports.ts';
import { instantFromText } from '../../../shared/domain/calendar.ts';
import type { ImportDocument } from '../../../shared/domain/imports.ts';
import { genericProfiles } from '../../../shared/formats/profile-generic.ts';
import { everything } from '../../support/test-edge.ts';
import { companyId, idOf, snapshotWorld, workAll, type World } from './snapshot-world.ts';

export const day = (n: number, hour = '06'): string => `2026-11-${String(n).padStart(2, '0')}T${hour}:00:00Z`;

/** Cells of one row by column; what is not named is `template`'s. */
export type Cells = Record<string, string | number>;

const template: Cells = {
  ...{ number: '', account: 'acme', type: 'invoice', document_date: '2026-10-01' },
  ...{ posting_date: '2026-10-01', due_date: '2026-10-31', currency: 'EUR', original_amount: '' },
  ...{ open_amount: '', original_number: '', fiscal_year: '', purchase_order: '', dispute_code: '' },
};

/** An open item; amounts are written in units. */
export const open = (number: string, amount: number, more: Cells = {}): Cells => ({
  ...{ number, open_amount: amount.toFixed(2) },
  ...more,
});

const textOf = (rows: readonly Cells[], columns: Cells): string => {
  const names = Object.keys(columns);
  const lines = rows.map((row) => names.map((name) => row[name] ?? columns[name] ?? '').join());
  return `${[names.join(), ...lines].join('\n')}\n`;
};

export type Uploads = Awaited<ReturnType<typeof uploadWorld>>;

export const uploadWorld = async (world: World = snapshotWorld()) => {
  await world.setUp();
  const send = async (text: string, at: string, more: Partial<ImportBody>): Promise<ImportDocument> => {
    const bytes = Buffer.from(text);
    const body: ImportBody = {
      ...{ company: companyId, name: 'file.csv', kind: 'snapshot', source: 'books', locale: 'plain' },
      ...{ size: bytes.byteLength, sha256: createHash('sha256').update(bytes).digest('hex'), scope: {} },
      ...more,
    };
    const sender = { by: 'feed', isFeed: true };
    const sent = await receiveFile(world.parts, everything, body, bytes, sender, instantFromText(at));
    if (!sent.ok) throw new Error(`${sent.code}: ${sent.detail}`);
    await workAll(world, at);
    const { companyId: of, importId } = sent.value.document;
    return (await world.imports.load(everything, { companyId: of, importId }))!.document;
  };
  const setting = async (name: string, value: object): Promise<void> => {
    const place = { scope: `company:${companyId}`, name };
    await world.settings.save(everything, place, 0, { value, by: 'test', at: day(1), reason: 'test' });
  };
  return {
    world,
    send,
    /** All that is open at six in the morning of a day, an hour later. */
    snapshot: (n: number, rows: readonly Cells[], more: Partial<ImportBody> = {}) =>
      send(textOf(rows, template), day(n, '07'), { asOf: day(n), ...more }),
    delta: (at: string, rows: readonly Cells[], more: Partial<ImportBody> = {}) => {
      const news = { change: 'upsert', changed_at: at, cleared_date: '', cleared_by: '' };
      return send(textOf(rows, { ...template, ...news }), at, { kind: 'delta', asOf: at, ...more });
    },
    journal: (at: string, rows: readonly Cells[], more: Partial<ImportBody> = {}) => {
      const columns = {
        record: 'allocation',
        ...template,
        receipt_id: '',
        value_date: '',
        amount: '',
        from_id: '',
        bank_reference: '',
        is_reversal: '',
      };
      return send(textOf(rows, columns), at, { kind: 'journal', asOf: at, ...more });
    },
    /** Money of the customer `acme` that names an invoice. */
    payment: async (at: string, amount: number, text: string) => {
      const iban = 'DE02120300000000202051';
      const said = { account: { companyId, accountId: 'acme' }, by: 'clerk', at };
      await world.payers.remember(everything, companyId, bankAccountHash(iban, sha256), said);
      const cells = { posting_date: at.slice(0, 10), account: 'DE99', currency: 'EUR', amount: '' };
      const more = { text, payer_name: 'Acme', payer_bank_account: iban, bank_reference: 'w1' };
      const file = textOf([{ amount: amount.toFixed(2) }], { ...cells, ...more });
      return send(file, at, { kind: 'bankStatement', source: 'bank', name: 'bank.csv' });
    },
    /** Under the profiles `gross` and `gross-delta`, payments stand beside whole invoices. */
    gross: async () => {
      const named = { snapshot: 'gross', delta: 'gross-delta' } as const;
      for (const [kind, name] of Object.entries(named)) {
        const profile = genericProfiles.find(({ file }) => file === kind);
        await setting(`profile:${name}`, { ...profile, name, partPayments: 'gross' });
      }
    },
    item: async (number: string, kind = 'invoice', accountId = 'acme') => {
      const key = { companyId, accountId };
      const { account } = await world.accounts.load(everything, key, [idOf(number, kind)]);
      return account.items.get(idOf(number, kind));
    },
    /** Why an item went down, as it stands now. */
    why: async (number: string, kind = 'invoice', accountId = 'acme') => {
      const key = { companyId, accountId };
      const { account } = await world.accounts.load(everything, key, [idOf(number, kind)]);
      const standing = account.items.get(idOf(number, kind))?.changes.filter(({ isReversed }) => !isReversed);
      return standing?.map(({ by, amount }) => [by, amount]);
    },
    entries: async (accountId = 'acme') =>
      (await world.accounts.entries(everything, { companyId, accountId }, { afterVersion: 0, limit: 1_000 }))
        .length,
  };
};
