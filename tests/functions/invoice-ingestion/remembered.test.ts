/**
 * What a source declared once need not be declared again; what nobody declared is never guessed. The same file in
 * another dialect, encoding or sign style is the same rows.
 */
import { describe, expect, it } from 'vitest';
import { decideRow } from '../../../functions/invoice-ingestion/decide-row.ts';
import { saveProfile } from '../../../functions/invoice-ingestion/keep-profiles.ts';
import type { ImportBody } from '../../../shared/contracts/imports.ts';
import type { DeltaRow } from '../../../shared/domain/feed-rows.ts';
import type { MappingProfile } from '../../../shared/domain/mapping-profile.ts';
import { dunwellInvoices } from '../../../shared/formats/profile-dunwell.ts';
import { everything, tenOClock } from '../../support/test-edge.ts';
import { createWorld } from './world.ts';

const header = 'invoice_number;customer_number;customer_name;issue_date;due_date;currency;amount';
const german = (number: string, amount: string, name = 'Alpha'): string =>
  `${header}\n${number};C-1;${name};1.10.2026;1.11.2026;EUR;${amount}\n`;
/** Without what the world declares by itself. */
const undeclared: Partial<ImportBody> = { locale: undefined };

const readOf = (world: ReturnType<typeof createWorld>) =>
  (world.lines('/parts/') as { rows: DeltaRow[] }[]).flatMap(({ rows }) =>
    rows.map(({ number, open, accountName }) => [number, open, accountName]),
  );

describe('the locale', () => {
  it('is asked for once: the next file of the source is read as the one before', async () => {
    const world = createWorld();
    await world.upload(german('F-1', '1.234,50'), { locale: 'de-DE' });
    const next = await world.upload(german('F-2', '1.234,50'), undeclared);
    expect(next).toMatchObject({ remembered: { locale: 'de-DE' }, counts: { accepted: 1 } });
    const third = await world.upload(german('F-3', '2,00'), undeclared);
    expect(third).toMatchObject({ remembered: { locale: 'de-DE' }, counts: { accepted: 1 } });
    expect(
      readOf(world)
        .map(([, open]) => open)
        .toSorted(),
    ).toEqual([123_450, 123_450, 200].toSorted());
  });

  it('of one source says nothing of another, nor of another kind of file', async () => {
    const world = createWorld();
    await world.upload(german('F-1', '1.234,50'), { locale: 'de-DE' });
    const others: Partial<ImportBody>[] = [
      { source: 'another' },
      { kind: 'snapshot', asOf: '2026-11-22T00:00:00Z' },
    ];
    for (const other of others) {
      const text =
        other.kind === undefined
          ? german('F-2', '1,00')
          : 'number,account,document_date,currency,open_amount\n';
      const document = await world.upload(text, { ...undeclared, ...other });
      expect([document.state, document.because?.code]).toEqual(['refused', 'locale-needed']);
    }
    expect(readOf(world)).toHaveLength(1);
  });

  it('of a file that was refused is not remembered', async () => {
    const world = createWorld();
    const first = await world.upload(german('F-1', '1,00'), { locale: 'de-DE', rows: 7 });
    expect(first.because?.code).toBe('control-total-mismatch');
    expect((await world.upload(german('F-2', '1,00'), undeclared)).because?.code).toBe('locale-needed');
  });

  it('declared anew goes before what is remembered', async () => {
    const world = createWorld();
    await world.upload(german('F-1', '1,50'), { locale: 'de-DE' });
    const document = await world.upload(german('F-2', '1.50'), { locale: 'plain' });
    expect(document).toMatchObject({ rejectedBy: { 'invalid-date': 1 } });
    expect(document.remembered).toBeUndefined();
  });

  it('declared is the only way to read it: an amount in another notation refuses its row', async () => {
    const world = createWorld();
    const document = await world.upload(german('F-1', '1.234'), { locale: 'de-DE' });
    expect(document.counts).toMatchObject({ accepted: 1 });
    const english = await world.upload(german('F-2', '1,234.00'), { locale: 'de-DE' });
    expect(english.rejectedBy).toEqual({ 'invalid-amount': 1 });
  });
});

it('the encoding declared with it is remembered, too', async () => {
  const world = createWorld();
  const windows = (number: string) => Buffer.from(german(number, '1,00', 'Müller'), 'latin1');
  await world.upload(windows('F-1'), { locale: 'de-DE', encoding: 'windows-1252' });
  const next = await world.upload(windows('F-2'), undeclared);
  expect(next).toMatchObject({ remembered: { encoding: 'windows-1252' }, counts: { accepted: 1 } });
  expect(readOf(world).map(([, , name]) => name)).toEqual(['Müller', 'Müller']);
});

it('a correction is read as its file was, also where that was remembered', async () => {
  const world = createWorld();
  await world.upload(german('F-1', '1,00'), { locale: 'de-DE' });
  const bad = await world.upload(german('F-2', 'x'), undeclared);
  const decision = { decision: 'correct' as const, cells: { amount: '1.000,50' }, reason: 'typed' };
  const place = { company: 'acme', importId: bad.importId, row: 1 };
  const who = { by: 'tenant:clerk', isFeed: false };
  const decided = await decideRow(world.stores, everything, place, decision, who, tenOClock);
  await world.drain();
  expect(decided).toMatchObject({ ok: true, value: { document: { reading: { locale: 'de-DE' } } } });
  expect(readOf(world)).toContainEqual(['F-2', 100_050, 'Alpha']);
});

describe('the same rows in another dialect', () => {
  const plain = `${header.replaceAll(';', ',')}\nF-1,C-1,Müller,2026-10-01,2026-11-01,EUR,1234.50\n`;
  const wanted = [['F-1', 123_450, 'Müller']];
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(plain, 'utf16le')]);
  it.each<[string, string | Uint8Array, Partial<ImportBody>]>([
    ['as it is', plain, {}],
    ['tabs', plain.replaceAll(',', '\t'), {}],
    ['bars, declared', plain.replaceAll(',', '|'), { delimiter: '|' }],
    ['a byte order mark and Windows line ends', `\ufeff${plain.replaceAll('\n', '\r\n')}`, {}],
    ['every cell quoted', plain.replaceAll(/[^,\n]+/g, '"$&"'), {}],
    ['German', german('F-1', '1.234,50', 'Müller'), { locale: 'de-DE' }],
    ['Windows letters', Buffer.from(plain, 'latin1'), { encoding: 'windows-1252' }],
    ['sixteen bits, declared', utf16, { encoding: 'utf-16le' }],
    ['JSON', JSON.stringify([{ ...objectOf(plain), amount: 1234.5 }]), { name: 'a.json' }],
  ])('%s', async (_what, text, more) => {
    const world = createWorld();
    const document = await world.upload(text, more);
    expect(document.because).toBeUndefined();
    expect(readOf(world)).toEqual(wanted);
  });

  it("a company's own profile is read under the delimiter declared with the file", async () => {
    const world = createWorld();
    await save(world, { ...dunwellInvoices, name: 'ours' });
    const document = await world.upload(plain.replaceAll(',', ';'), { delimiter: ';' });
    expect(document).toMatchObject({ profile: { name: 'ours' }, counts: { accepted: 1 } });
    const named = await world.upload(plain.replaceAll(',', '|'), { delimiter: '|', profile: 'ours' });
    expect(named).toMatchObject({ profile: { name: 'ours' }, counts: { accepted: 1 } });
  });
});

describe('the side of an amount', () => {
  const columns = 'invoice_number,customer_number,issue_date,due_date,currency,amount,document_type,side';
  const rows = (...lines: string[]) => `${[columns, ...lines].join('\n')}\n`;
  const line = (number: string, amount: string, type: string, side: string) =>
    `${number},C-1,2026-10-01,2026-11-01,EUR,${amount},${type},${side}`;
  const marked: MappingProfile = {
    ...dunwellInvoices,
    ...{ name: 'marked', marks: { debit: ['S', 'Soll'], credit: ['H'] } },
    fields: { ...dunwellInvoices.fields, debitCredit: { columns: ['side'] } },
  };
  it('is told by its mark', async () => {
    const world = createWorld();
    await save(world, marked);
    const document = await world.upload(
      rows(
        line('F-1', '10.00', 'invoice', 'S'),
        line('F-2', '20.00', 'credit note', 'h'),
        line('F-3', '30.00', '', 'SOLL'),
        line('F-4', '40.00', '', 'H'),
      ),
    );
    expect(document.rejectedBy).toEqual({});
    expect(readOf(world).map(([number, open]) => [number, open])).toEqual([
      ['F-2', -2_000],
      ['F-1', 1_000],
      ['F-3', 3_000],
      ['F-4', -4_000],
    ]);
  });
  it.each([
    ['no mark', line('F-1', '10.00', '', ''), 'invalid-mark'],
    ['a sign beside it', line('F-1', '-10.00', '', 'S'), 'invalid-mark'],
    ['an invoice on the credit side', line('F-1', '10.00', 'invoice', 'H'), 'sign-mismatch'],
    ['a credit note on the debit side', line('F-1', '10.00', 'credit note', 'S'), 'sign-mismatch'],
  ])('%s refuses the row', async (_what, row, code) => {
    const world = createWorld();
    await save(world, marked);
    expect((await world.upload(rows(row))).rejectedBy).toEqual({ [code]: 1 });
  });
});

const save = async (world: ReturnType<typeof createWorld>, profile: MappingProfile): Promise<void> => {
  const who = { by: 'tenant:clerk', now: tenOClock };
  const body = { profile, after: 0, reason: 'a source' };
  const saved = await saveProfile(
    world.settings,
    everything,
    { company: 'acme', name: profile.name },
    body,
    who,
  );
  if (!saved.ok) throw new Error(saved.detail);
};

function objectOf(text: string): Record<string, string> {
  const [names = '', cells = ''] = text.split('\n');
  const values = cells.split(',');
  return Object.fromEntries(names.split(',').map((name, at) => [name, values[at] ?? '']));
}
