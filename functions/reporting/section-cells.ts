/**
 * Cells of the lists in reports, and what every list is read with.
 * From: `sections-*.ts` beside this file. Next: the mail and its workbook.
 */
import { amountText } from '../../shared/domain/amount-text.ts';
import { plainAmountStyle } from '../../shared/domain/amount-style.ts';
import type { Day, Instant } from '../../shared/domain/calendar.ts';
import type { Company } from '../../shared/domain/company.ts';
import { decimalsOf } from '../../shared/domain/currencies.ts';
import type { AmountMinor, Currency } from '../../shared/domain/money.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { ExportCell } from '../../shared/formats/csv-neutral.ts';
import type { ReportSection } from '../../shared/formats/report-mail.ts';
import type { CaseIndex } from '../../shared/ports/case-index.ts';
import type { FeedStore } from '../../shared/ports/feed-store.ts';
import type { ReceiptStore } from '../../shared/ports/receipt-store.ts';
import type { WorklistStore } from '../../shared/ports/worklist-store.ts';
import type { ReportMailParts } from './mail-parts.ts';

export type SectionParts = ReportMailParts & {
  feeds: Pick<FeedStore, 'company' | 'load'>;
  receipts: Pick<ReceiptStore, 'list'>;
  cases: Pick<CaseIndex, 'list'>;
  worklist: Pick<WorklistStore, 'due' | 'ranked'>;
};

export type SectionCall = {
  /** What the reader sees; lists of the whole company are made for readers of all of it alone. */
  scope: Scope;
  /** Whose report it is, by whose own settings it is made; absent where it is nobody's own. */
  reader?: string;
  /** Of the job: what people and forecasts are kept under. */
  system: Scope;
  now: Instant;
  company: Company;
  /** The day it was due on, and the first and last of what it tells of. */
  dueOn: Day;
  firstOn: Day;
  lastOn: Day;
  /** Somebody looks at it before it goes out: nothing is kept of it. */
  isLook?: boolean;
};

export type ReadSection = (parts: SectionParts, call: SectionCall) => Promise<ReportSection[]>;

/** Rows of a list at most: a note of the list says that there are more, and where. */
export const mostRows = 5_000;
export const perPage = 200;

export const text = (value: string | null | undefined): ExportCell =>
  value === undefined || value === null || value === '' ? { is: 'blank' } : { is: 'text', text: value };
export const day = (value: Day | null | undefined): ExportCell =>
  value === undefined || value === null ? { is: 'blank' } : { is: 'day', text: value };
export const count = (value: number): ExportCell => ({ is: 'number', text: String(value) });

/** With the decimals of its currency. */
export const money = (amount: AmountMinor | number, currency: Currency): ExportCell => {
  const decimals = decimalsOf(currency);
  if (!decimals.ok) throw new RangeError(decimals.detail);
  return { is: 'number', text: amountText(amount as AmountMinor, plainAmountStyle, decimals.value) };
};
