/**
 * What a text may use of one account, put together: nothing of another account can come in, since all of it is handed in
 * under one key and everything else is refused.
 * From: the account as it was loaded, its master data, the plan, the company's settings. Next: `render-message.ts`.
 */
import type { AccountItem } from './account.ts';
import { dayAt, daysBetween, textOfInstant, type Day, type Instant } from './calendar.ts';
import type { Company } from './company.ts';
import { afterDiscount } from './discount.ts';
import type { PlannedMessage } from './dunning-facts.ts';
import type { MailSetting } from './mail-setting.ts';
import type { MasterData } from './master-data.ts';
import type {
  BankShown,
  CauseData,
  CreditLine,
  CurrencyTable,
  EarlierContact,
  ItemRow,
  MessageData,
  MessageLinks,
  SetAside,
} from './message-data.ts';
import { subtract, sum, zero, type AmountMinor, type Currency } from './money.ts';
import { done, refuse, type Outcome } from './outcome.ts';
import type { BankDetails } from './payee-details.ts';
import type { Recipient } from './recipients.ts';
import type { WithheldReason } from './withheld-reasons.ts';

/** The items asked for and taken off, with sums by currency. */
export type Demand = Pick<PlannedMessage, 'items' | 'sums' | 'credits' | 'unallocated' | 'aside'>;

export type MessageSource = {
  company: Company;
  accountId: string;
  setting: MailSetting | undefined;
  bank: BankDetails | undefined;
  masterData: MasterData;
  to: Recipient;
  /** By id: all the demand names. */
  items: ReadonlyMap<string, AccountItem>;
  demand: Demand;
  payByOn?: Day;
  now: Instant;
  /** Of the recipient. */
  zone: string;
  links: MessageLinks;
  earlier: readonly EarlierContact[];
  cause: CauseData;
  measure?: MessageData['measure'];
  interest?: MessageData['interest'];
};

export type DataRefusal = 'not-rendered';

/** Refused with the reason a person can act on; never data with a hole in it. */
export const buildMessageData = (source: MessageSource): Outcome<MessageData, DataRefusal> => {
  const { company, accountId, setting, bank, masterData, to, now, zone, links } = source;
  if (setting === undefined) return refuse('not-rendered', 'The company has no mail setting.');
  if (bank === undefined) return refuse('not-rendered', 'No bank details of the company are in force.');
  const tables = tablesOf(source);
  if (!tables.ok) return tables;
  const address = addressOf(masterData);
  return done({
    seller: { legalName: company.legalName, address: setting.address, bank: bankShown(bank, accountId) },
    sender: setting.sender,
    customer: {
      // what no source names is called by its number, as the seller calls it
      ...{ legalName: masterData.name ?? accountId, accountNumber: accountId },
      ...(address.length === 0 ? {} : { address }),
      ...(to.name === undefined ? {} : { recipientName: to.name }),
    },
    ...{ tables: tables.value, asOf: textOfInstant(now), zone, links },
    ...(source.payByOn === undefined ? {} : { payByOn: source.payByOn }),
    ...(source.earlier.length === 0 ? {} : { earlier: source.earlier }),
    ...(source.measure === undefined ? {} : { measure: source.measure }),
    ...(source.interest === undefined ? {} : { interest: source.interest }),
    ...source.cause,
  });
};

const bankShown = ({ holder, account, bank }: BankDetails, reference: string): BankShown => ({
  ...{ holder, account, reference },
  ...(bank === undefined ? {} : { bank }),
});

const addressOf = ({ address, postalCode, city, country }: MasterData): string[] =>
  [address, [postalCode, city].filter(Boolean).join(' '), country].filter(
    (line): line is string => line !== undefined && line !== '',
  );

const tablesOf = (source: MessageSource): Outcome<CurrencyTable[], DataRefusal> => {
  const tables: CurrencyTable[] = [];
  for (const [currency, asked] of Object.entries(source.demand.sums).toSorted(byName)) {
    const table = tableOf(currency, asked, source);
    if (!table.ok) return table;
    tables.push(table.value);
  }
  return done(tables);
};

const byName = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : a > b ? 1 : 0);

/** Its sum is worked out again from what is shown: a sum that does not agree is not sent. */
const tableOf = (
  currency: Currency,
  asked: AmountMinor,
  { demand, items, now, zone }: MessageSource,
): Outcome<CurrencyTable, DataRefusal> => {
  const today = dayAt(now, zone);
  const rows: ItemRow[] = [];
  for (const step of demand.items.filter((one) => one.currency === currency)) {
    const item = items.get(step.itemId);
    if (item === undefined || item.currency !== currency)
      return refuse('not-rendered', `${step.itemId} is not an item of this account in ${currency}.`);
    rows.push(rowOf(item, step.asked, today));
  }
  const credits = creditsOf(currency, demand, items);
  const left = subtract(
    sum(...rows.map((row) => row.asked ?? row.open)),
    sum(...credits.map(({ amount }) => amount)),
  );
  if (left !== asked)
    return refuse('not-rendered', `Rows less credits come to ${left} ${currency}, the plan asks ${asked}.`);
  const sorted = rows.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0));
  return done({ currency, rows: sorted, credits, setAside: asideOf(currency, demand, items), asked });
};

const rowOf = (item: AccountItem, asked: AmountMinor, today: Day): ItemRow => {
  const { number, documentOn, dueOn, original, open, references, discountTiers } = item;
  const tier = discountTiers.find(({ untilOn }) => untilOn >= today);
  return {
    ...{ number, documentOn, dueOn, daysLate: daysBetween(dueOn, today) },
    ...{ original, settled: subtract(original, open), open },
    ...(references.purchaseOrder === undefined ? {} : { purchaseOrder: references.purchaseOrder }),
    ...(asked === open ? {} : { asked }),
    ...(tier === undefined || open !== original
      ? {}
      : { discount: { untilOn: tier.untilOn, pay: afterDiscount(original, tier.percentHundredths) } }),
  };
};

const creditsOf = (
  currency: Currency,
  { credits, unallocated }: Demand,
  items: ReadonlyMap<string, AccountItem>,
): CreditLine[] => [
  ...credits.flatMap(({ itemId, amount }): CreditLine[] => {
    const item = items.get(itemId);
    if (item === undefined || item.currency !== currency) return [];
    const is = item.kind === 'paymentOnAccount' ? 'onAccount' : 'credit';
    return [{ number: item.number, on: item.documentOn, amount, is }];
  }),
  ...looseOf(unallocated?.[currency]),
];

const looseOf = (amount: AmountMinor | undefined): CreditLine[] =>
  amount === undefined ? [] : [{ amount, is: 'unallocated' }];

const whyAside = (reason: WithheldReason): SetAside['why'] =>
  reason === 'disputed' || reason === 'query-open'
    ? 'disputed'
    : reason === 'promised' || reason === 'in-plan'
      ? 'promised'
      : reason === 'payment-pending' || reason === 'says-paid'
        ? 'underWay'
        : 'other';

const asideOf = (
  currency: Currency,
  { aside }: Demand,
  items: ReadonlyMap<string, AccountItem>,
): SetAside[] =>
  aside.flatMap(({ itemId, amount, reason }): SetAside[] => {
    const item = items.get(itemId);
    return item === undefined || item.currency !== currency || amount === zero
      ? []
      : [{ number: item.number, amount, why: whyAside(reason) }];
  });
