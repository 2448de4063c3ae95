/**
 * Invented data of one account for every text: two currencies on wish, credits, disputed parts, all causes.
 * From: nothing. Next: the tests of texts and PDFs, the bench, the reference page of texts.
 */
import { dayFromText as day, addDays } from '../../../shared/domain/calendar.ts';
import type { CurrencyTable, ItemRow, MessageData, Money } from '../../../shared/domain/message-data.ts';
import { amountOf, sum, subtract } from '../../../shared/domain/money.ts';

export const money = (amount: number, currency = 'EUR'): Money => ({ amount: amountOf(amount), currency });

const today = day('2026-03-20');

export const rowAt = (at: number): ItemRow => {
  const dueOn = addDays(today, -(12 + at));
  const [original, settled] = [amountOf(100_000 + at * 12_345), amountOf(at % 3 === 0 ? 20_000 : 0)];
  return {
    ...{
      number: `RE-10${String(at).padStart(3, '0')}`,
      documentOn: addDays(dueOn, -30),
      dueOn,
      daysLate: 12 + at,
    },
    ...(at % 2 === 0 ? { purchaseOrder: `PO-77${at}` } : {}),
    ...{ original, settled, open: subtract(original, settled) },
  };
};

/** Rows, a credit of 400.00 and a disputed part of 150.00 of the first row. */
export const tableOf = (currency: string, rows: number, demands = true): CurrencyTable => {
  const all = Array.from({ length: rows }, (_, at) => rowAt(at));
  const first = all[0]!;
  const disputed = amountOf(15_000);
  const shown = demands ? [{ ...first, asked: subtract(first.open, disputed) }, ...all.slice(1)] : all;
  const credit = amountOf(40_000);
  return {
    ...{ currency, rows: shown },
    credits: [{ number: 'GS-501', on: day('2026-03-02'), amount: credit, is: 'credit' }],
    setAside: [{ number: first.number, amount: disputed, why: 'disputed', caseNumber: 'C-2026-18' }],
    asked: subtract(sum(...shown.map(({ open, asked = open }) => asked)), credit),
  };
};

/** Everything any text may tell of; `demands`: whether the disputed part is out of the sum, or in the balance. */
export const sampleData = (demands = true, rows = 3): MessageData => ({
  seller: {
    legalName: 'Brackenfell Tools GmbH',
    address: ['Hafenweg 12', '34125 Kassel', 'Germany'],
    bank: {
      ...{ holder: 'Brackenfell Tools GmbH', account: 'DE02120300000000202051', bank: 'BYLADEM1001' },
      ...{ bankName: 'Musterbank', reference: 'K-4711' },
    },
  },
  sender: {
    ...{ name: 'Miriam Okafor', role: 'Accounts receivable', email: 'miriam.okafor@brackenfell.example' },
    ...{ phone: '+49 561 555 0142', hours: '09:00–16:00 CET' },
  },
  customer: {
    ...{ legalName: 'Söderholm & Partner AG', address: ['Ringstraße 5', '50667 Köln'] },
    ...{ accountNumber: '4711', recipientName: 'Jana Keller' },
  },
  tables: [tableOf('EUR', rows, demands)],
  payByOn: day('2026-03-31'),
  ...{ asOf: '2026-03-20T09:30:00Z', zone: 'Europe/Berlin' },
  links: {
    origin: 'https://pay.brackenfell.example',
    pay: 'https://pay.brackenfell.example/p/3kf8',
    statement: 'https://pay.brackenfell.example/s/3kf8',
    alreadyPaid: 'https://pay.brackenfell.example/a/3kf8',
    somethingWrong: 'https://pay.brackenfell.example/w/3kf8',
  },
  earlier: [
    { on: day('2026-03-05'), by: 'mail', text: 'T2' },
    { on: day('2026-03-11'), by: 'call' },
  ],
  interest: [
    {
      ...{
        currency: 'EUR',
        source: 'Directive 2011/7/EU',
        interest: amountOf(310),
        fixedSum: amountOf(4_000),
      },
      isInSum: false,
      lines: [
        {
          ...{ number: 'RE-10000', from: day('2026-03-09'), to: day('2026-03-20'), days: 12 },
          ...{ balance: amountOf(80_000), rateThousandths: 10_150, amount: amountOf(310) },
        },
      ],
    },
  ],
  measure: 'hold',
  contract: 'framework contract RV-88 of 2024',
  enclosures: ['Copies of three invoices'],
  ...causes,
});

const items = ['RE-10000', 'RE-10001'];

const causes: Partial<MessageData> = {
  invoice: {
    ...{ number: 'RE-10000', documentOn: day('2026-02-06'), dueOn: day('2026-03-08'), total: money(100_000) },
    ...{ purchaseOrder: 'PO-770', papers: ['RE-10000.pdf', 'RE-10000.xml'] },
    discount: { untilOn: day('2026-02-16'), pay: money(98_000) },
  },
  promise: {
    ...{ amount: money(90_000), dueOn: day('2026-03-18'), items, method: 'bank transfer' },
    ...{ received: money(50_000), missing: money(40_000) },
  },
  dispute: {
    ...{ number: 'C-2026-18', items: ['RE-10000'], held: money(15_000), answerByOn: day('2026-03-27') },
    needed: ['Photos of the damage', 'The carrier’s note'],
  },
  decided: {
    ...{ number: 'C-2026-18', items: ['RE-10000'], decision: 'partly', papers: ['Proof of delivery'] },
    reason: 'Two of the five boxes were damaged on the way.',
    ...{ credited: { ...money(6_000), creditNote: 'GS-502' }, due: money(9_000) },
  },
  debit: {
    ...{
      amount: money(112_345),
      on: day('2026-04-02'),
      mandate: 'M-2024-9',
      creditorId: 'DE98ZZZ09999999999',
    },
    ...{ items, returned: { on: day('2026-04-06'), reason: 'noFunds', fee: money(350) } },
  },
  deduction: {
    ...{ taken: money(2_245), on: day('2026-03-10'), items: ['RE-10001'], claimNumber: 'CLM-5' },
    ...{ reason: 'The discount ended nine days before the payment.', evidence: ['Terms of 2026'] },
  },
  receipt: {
    ...{ amount: money(150_000), on: day('2026-03-19'), left: money(5_000), balances: [money(81_690)] },
    items: [{ number: 'RE-10000', amount: money(80_000), open: money(0) }],
  },
  plan: {
    ...{ number: 'P-7', total: money(180_000), items },
    instalments: [
      { on: day('2026-04-01'), amount: money(60_000) },
      { on: day('2026-05-01'), amount: money(60_000) },
      { on: day('2026-06-01'), amount: money(60_000) },
    ],
    next: { on: day('2026-04-01'), amount: money(60_000) },
    missed: { on: day('2026-03-01'), amount: money(1_000) },
    isDeclined: true,
  },
  answer: {
    ...{ asked: 'a copy of RE-10001', askedOn: day('2026-03-19'), papers: ['RE-10001.pdf'] },
    answered: { question: 'When was it delivered?', reply: 'On 3 March.' },
  },
  handOver: {
    ...{ to: 'Lindqvist Recovery Ltd', kind: 'agency', since: day('2026-03-16'), amount: money(270_000) },
    ...{ fileNumber: 'LR-33', address: ['4 Quay Street', 'Bristol'], phone: '+44 117 496 0000' },
    payTo: { holder: 'Lindqvist Recovery Ltd', account: 'GB29NWBK60161331926819', reference: 'LR-33' },
  },
  statutory: {
    order: 'B-2026-4',
    acceptedOn: day('2026-01-30'),
    legalBasis: 'Directive 2011/7/EU, Article 4',
  },
};
