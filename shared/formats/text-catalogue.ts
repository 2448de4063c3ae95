/**
 * What each text is for: its tone, whether it demands money, what of the data it tells of, and which parts it must have.
 * From: `defaults.md` §11. Next: rendering, lint, the reference page. A part is a block that is the same in all texts
 * of a language: the table of items, the bank details, the person to reach.
 */
import type { CauseData, MessageText } from '../domain/message-data.ts';

export const toneNames = [
  ...(['neutral', 'helpful', 'assumesOversight', 'asksForDate', 'overdue', 'formal'] as const),
  ...(['executive', 'statutory', 'factual', 'calm', 'plain'] as const),
];
export type TextTone = (typeof toneNames)[number];

export const partNames = [
  ...(['items', 'credits', 'looking-into', 'pay', 'bank', 'links', 'person', 'as-of', 'parties'] as const),
  ...(['earlier', 'interest', 'papers', 'needed', 'schedule', 'receipt-items', 'aging', 'slip'] as const),
  'pay-to' as const,
];
export type PartName = (typeof partNames)[number];

export type TextKind = {
  tone: TextTone;
  /** It asks for a sum by a day; what is disputed or promised is not in it. Else the table shows a balance. */
  demands: boolean;
  cause?: keyof CauseData;
  parts: readonly PartName[];
};

/** In every text, so that whoever reads it can check, pay, object and call. */
const always: readonly PartName[] = [
  'items',
  'credits',
  'looking-into',
  'links',
  'person',
  'as-of',
  'parties',
];
const payable: readonly PartName[] = [...always, 'pay', 'bank'];

const demand = (tone: TextTone, ...parts: PartName[]): TextKind => ({
  ...{ tone, demands: true, parts: [...payable, ...parts] },
});
const news = (tone: TextTone, cause: keyof CauseData, ...parts: PartName[]): TextKind => ({
  ...{ tone, cause, demands: false, parts: [...payable, ...parts] },
});

export const textCatalogue: Readonly<Record<MessageText, TextKind>> = {
  T0: { ...demand('neutral', 'papers'), cause: 'invoice' },
  T1: demand('helpful'),
  T2: demand('assumesOversight'),
  T3: demand('asksForDate'),
  T4: demand('overdue', 'earlier', 'interest'),
  T5: demand('formal', 'earlier', 'interest', 'papers'),
  'T5-K': demand('executive', 'earlier', 'papers'),
  'T5-P': { ...demand('statutory', 'interest', 'earlier', 'papers'), cause: 'statutory' },
  T6: news('factual', 'promise'),
  T7: { ...demand('factual'), cause: 'promise' },
  T8: news('calm', 'dispute', 'needed'),
  T9: news('calm', 'decided', 'papers'),
  // The money is fetched: paid as well, it would come twice.
  T10: { tone: 'factual', demands: false, cause: 'debit', parts: always },
  T11: { ...demand('factual'), cause: 'debit' },
  T12: { ...demand('factual', 'papers'), cause: 'deduction' },
  T13: { tone: 'neutral', demands: false, parts: [...payable, 'aging', 'slip'] },
  T14: news('neutral', 'receipt', 'receipt-items'),
  T15: news('plain', 'plan', 'schedule'),
  T16: news('plain', 'answer', 'papers'),
  // Somebody else is to be paid from then on.
  T17: { tone: 'plain', demands: false, cause: 'handOver', parts: [...always, 'pay-to'] },
};
