/**
 * Profiles: chosen by the header or asked for, declared without contradiction, and their notation read back.
 * From: the profiles of the product and changed ones. Next: `npm test`.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mappingProfile } from '../../../shared/contracts/mapping-profile.ts';
import { amountReader, amountText } from '../../../shared/domain/amount-text.ts';
import { addDays, type Day } from '../../../shared/domain/calendar.ts';
import { dayReader, dayText } from '../../../shared/domain/day-text.ts';
import { profileFor } from '../../../shared/domain/mapping-profile-choice.ts';
import { localeNames, notationFault, notationOf } from '../../../shared/domain/mapping-profile-notation.ts';
import { amountOf } from '../../../shared/domain/money.ts';
import { builtInProfiles } from '../../../shared/formats/profile-list.ts';
import { mapTable, profileNamed, readCsv, reasonsOf } from './read.ts';

describe('the choice of a profile', () => {
  it.each(
    builtInProfiles.map((profile): [string, string[]] => [profile.name, [...profile.recognisedBy[0]!]]),
  )('%s is chosen by its own columns', (name, header) => {
    expect(profileFor(header, builtInProfiles)).toMatchObject({ ok: true, value: { name } });
  });

  it('takes no notice of case and space, and a column more does no harm', () => {
    const header = [' Invoice_Number ', 'customer_number', 'ISSUE_DATE', 'currency', 'amount', 'branch'];
    expect(profileFor(header, builtInProfiles)).toMatchObject({ value: { name: 'dunwell-invoices' } });
  });

  it('is asked for when two fit, or none', () => {
    const twin = { ...profileNamed('dunwell-invoices', 'en-US'), name: 'twin' };
    const header = [...twin.recognisedBy[0]!];
    expect(profileFor(header, [...builtInProfiles, twin])).toMatchObject({ code: 'profile-unclear' });
    expect(profileFor(['a', 'b'], builtInProfiles)).toMatchObject({ code: 'profile-unknown' });
  });

  it('a column twice is refused when it counts', () => {
    const table = readCsv(Buffer.from('number,account,document_date,currency,open_amount,Number\n'));
    if (!table.ok) throw new Error(table.detail);
    const { value } = table;
    expect(() => mapTable(value, profileNamed('generic-snapshot', 'en-US'))).toThrow('more than one column');
  });
});

describe('what is declared', () => {
  it.each(builtInProfiles.map((profile) => [profile.name, profile] as const))(
    '%s can be stored',
    (_, profile) => {
      expect(mappingProfile.parse(profile)).toEqual(profile);
    },
  );

  const base = profileNamed('dunwell-invoices', 'en-US');
  it.each([
    [
      'two day formats that read one text differently',
      { notation: { ...base.notation, days: ['D/M/YYYY', 'M/D/YYYY'] } },
    ],
    ['a day format that is none', { notation: { ...base.notation, days: ['soon'] } }],
    ['a type word for no kind', { kinds: { x: 'loan' } }],
    ['an unknown encoding', { encoding: 'utf-7' }],
    ['a field no profile has', { guess: true }],
  ])('%s is refused', (_, change) => {
    expect(mappingProfile.safeParse({ ...base, ...change }).success).toBe(false);
  });

  it.each(localeNames)('in the notation of %s what is written is read back', (locale) => {
    const notation = notationOf(locale);
    if (!notation.ok) throw new Error(locale);
    const { amounts, days } = notation.value;
    expect(notationFault(notation.value)).toBeUndefined();
    const read = amountReader(amounts, 2);
    const readDays = days.map(dayReader);
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.nat(36_500), (minor, after) => {
        expect(read(amountText(amountOf(minor), amounts, 2))).toEqual({ ok: true, value: amountOf(minor) });
        const day = addDays('1950-01-01' as Day, after);
        for (const format of days)
          for (const one of readDays.map((reader) => reader(dayText(day, format))))
            expect(!one.ok || one.value === day).toBe(true);
      }),
      { numRuns: 550 },
    );
  });
});

describe('the other files', () => {
  const rows: [string, string, string, object][] = [
    [
      'customers',
      'account,account_name,country,credit_limit,currency,closed',
      'C-1,Muster GmbH,DE,"5,000.00",EUR,yes',
      { accountId: 'C-1', name: 'Muster GmbH', country: 'DE', creditLimit: 500_000, isClosed: true },
    ],
    [
      'customers',
      'account,account_name,country,contact_email',
      'C-1,Muster GmbH,DE,ap@muster.example',
      { accountId: 'C-1', contactEmail: 'ap@muster.example' },
    ],
    ['contacts', 'account,name,contact_email', 'C-1,A B,ap@x.example', { email: 'ap@x.example' }],
    [
      'sales',
      'from,to,currency,gross',
      '2024-01-01,2024-01-31,EUR,10.00',
      { gross: 1_000, toOn: '2024-01-31' },
    ],
    [
      'order-holds',
      'account,order,currency,amount,held_date',
      'C-1,O-1,EUR,10.00,2024-01-05',
      { orderNumber: 'O-1', amount: 1_000, heldOn: '2024-01-05' },
    ],
    ['ap-status', 'account,number,status,status_date', 'C-1,7,approved,2024-01-05', { status: 'approved' }],
    [
      'exchange-rates',
      'from_currency,to_currency,rate_date,rate',
      'EUR,JPY,2024-01-05,160.25',
      { fromMinor: 400, toMinor: 641 },
    ],
    [
      'journal',
      'record,account,currency,receipt_id,value_date,amount,method',
      'receipt,,EUR,R-1,2024-01-05,10.00,wire',
      { receiptId: 'R-1', amount: 1_000, postedOn: '2024-01-05', method: 'wire' },
    ],
    [
      'journal',
      'record,account,currency,from_id,number,amount,discount,posting_date',
      'allocation,C-1,EUR,R-1,7,9.80,0.20,2024-01-05',
      { fromId: 'R-1', number: '7', kind: 'invoice', amount: 980, discount: 20, isReversal: false },
    ],
    [
      'delta',
      'number,account,document_date,due_date,currency,original_amount,change,changed_at,cleared_date,cleared_by',
      '7,C-1,2024-01-05,2024-02-05,EUR,10.00,cleared,2024-02-01T10:00:00+01:00,2024-02-01,payment',
      { open: 0, news: { change: 'cleared', changedAt: '2024-02-01T09:00:00Z', clearedBy: 'payment' } },
    ],
  ];
  it.each(rows)('a row of %s (%s)', (name, header, row, value) => {
    const table = readCsv(Buffer.from(`${header}\n${row}\n`));
    if (!table.ok) throw new Error(table.detail);
    const [outcome] = mapTable(table.value, profileNamed(`generic-${name}`, 'en-US'));
    expect(reasonsOf(outcome)).toEqual(['accepted']);
    expect(outcome).toMatchObject({ row: value });
  });
});
