/**
 * Everything a text to a customer may use, of exactly one account: amounts are whole minor units beside their
 * currency, days are days; how both look is up to the language and locale of whoever reads.
 * From: the mail workflow, out of head, items, papers and protected records. Next: `render-message.ts`
 * (`renderMessage(text, language, data)`), `letter-pdf.ts`, `statement-pdf.ts`, `mail-sheet.ts`.
 * What a text needs and is not there is a fault `not-rendered`: nothing goes out with a hole in it.
 */
import type { Day } from './calendar.ts';
import type {
  AnswerData,
  DebitData,
  DecidedData,
  DeductionData,
  DisputeData,
  HandOverData,
  InvoiceData,
  PlanData,
  PromiseData,
  ReceiptData,
  StatutoryData,
} from './message-causes.ts';
import type { AmountMinor, Currency } from './money.ts';
import { textCodes, type TextCode } from './policy.ts';

export const messageLanguages = ['en', 'de', 'fr', 'he'] as const;
export type MessageLanguage = (typeof messageLanguages)[number];

/** The texts a customer reads; `C1` to `C3` are scripts for calls. */
export type MessageText = Exclude<TextCode, 'C1' | 'C2' | 'C3'>;
export const messageTexts: readonly MessageText[] = textCodes.filter(
  (code): code is MessageText => !code.startsWith('C'),
);

export type Money = { amount: AmountMinor; currency: Currency };

/** Where money is paid to: from the protected record alone, never typed into a text. */
export type BankShown = {
  holder: string;
  /** IBAN or account number. */
  account: string;
  /** BIC or routing number, and what the bank is called. */
  bank?: string;
  bankName?: string;
  /** What the payer is to write, so that the money finds its account. */
  reference: string;
};

export type SellerData = { legalName: string; address: readonly string[]; bank: BankShown };

/** A person who can be reached; never an address nobody reads. */
export type SenderData = { name: string; role?: string; email: string; phone: string; hours: string };

export type CustomerData = {
  legalName: string;
  address?: readonly string[];
  accountNumber: string;
  /** Whoever is written to; absent: a greeting without a name. */
  recipientName?: string;
  /** BCP 47, such as `de-AT`: dates and amounts; absent: that of the language. */
  locale?: string;
};

export type ItemRow = {
  number: string;
  documentOn: Day;
  purchaseOrder?: string;
  dueOn: Day;
  /** Below 1: not late. */
  daysLate: number;
  original: AmountMinor;
  settled: AmountMinor;
  open: AmountMinor;
  /** Of the open amount, without what is disputed, promised or under way; absent: all of it. */
  asked?: AmountMinor;
  /** A discount still to be had, and what is to be paid with it. */
  discount?: { untilOn: Day; pay: AmountMinor };
};

/** Above 0; it lowers the sum asked. Money that was received and not allocated yet has no document. */
export type CreditLine =
  | { number: string; on: Day; amount: AmountMinor; is: 'credit' | 'onAccount' }
  | { amount: AmountMinor; is: 'unallocated' };

/** Not asked for; `disputed` stands under "we are looking into". */
export type SetAside = {
  number: string;
  amount: AmountMinor;
  why: 'disputed' | 'promised' | 'underWay' | 'other';
  caseNumber?: string;
};

/** All of one currency; nothing is ever added up over two. */
export type CurrencyTable = {
  currency: Currency;
  /** All at hand, oldest due first: a mail shows 20 of them, the sheet all. */
  rows: readonly ItemRow[];
  /** Items there are besides. */
  rest?: { count: number; open: AmountMinor; asked: AmountMinor };
  credits: readonly CreditLine[];
  setAside: readonly SetAside[];
  /**
   * In a text that demands: what is asked of all rows and the rest, less the credits. In all others the balance: what
   * is open of them, less the credits, disputed parts included. Else it is not rendered.
   */
  asked: AmountMinor;
};

export type EarlierContact = { on: Day; by: 'mail' | 'letter' | 'call'; text?: MessageText };

/** Interest of one item by its rule, and the fixed sum, as worked out by `interest.ts` and `fixed-sum.ts`. */
export type InterestShown = {
  currency: Currency;
  /** What the claim rests on, in words: the rule's source. */
  source: string;
  lines: readonly {
    number: string;
    from: Day;
    to: Day;
    days: number;
    balance: AmountMinor;
    rateThousandths: number;
    amount: AmountMinor;
  }[];
  interest: AmountMinor;
  fixedSum: AmountMinor;
  /** Both stand among the items asked for; else they are owed besides. */
  isInSum: boolean;
};

/** What was approved to happen next; a text names nothing that was not. */
export type Measure = 'hold' | 'agency' | 'court' | 'further';

export type MessageLinks = {
  /** Of the product, such as `https://pay.example.com`; every link begins with it and a slash. */
  origin: string;
  pay: string;
  statement: string;
  alreadyPaid: string;
  somethingWrong: string;
};

export type MessageData = {
  seller: SellerData;
  sender: SenderData;
  customer: CustomerData;
  tables: readonly CurrencyTable[];
  /** The last day to pay that is named. */
  payByOn?: Day;
  /** ISO instant of the balance, and the IANA zone it is told in. */
  asOf: string;
  zone: string;
  links: MessageLinks;
  earlier?: readonly EarlierContact[];
  interest?: readonly InterestShown[];
  measure?: Measure;
  /** What the debt rests on: contract, terms, order; as recorded. */
  contract?: string;
  enclosures?: readonly string[];
} & CauseData;

/** What happened, for the texts that tell of it: T0 invoice, T6 T7 promise, T8 T9 case, T10 T11 debit and so on. */
export type CauseData = {
  invoice?: InvoiceData;
  promise?: PromiseData;
  dispute?: DisputeData;
  decided?: DecidedData;
  debit?: DebitData;
  deduction?: DeductionData;
  receipt?: ReceiptData;
  plan?: PlanData;
  answer?: AnswerData;
  handOver?: HandOverData;
  statutory?: StatutoryData;
};
