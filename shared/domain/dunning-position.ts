/**
 * Where an account stands in dunning: kept in its head, so that a payment and a message race on one version.
 * From: `evolve-dunning.ts`, which alone changes it. Next: evaluation, gate, worklist. Bounded: see `most…` below.
 */
import type { Day } from './calendar.ts';
import type { MandatePosition } from './mandate.ts';
import type { AmountMinor, Currency } from './money.ts';
import type { PendingNotice } from './notice.ts';
import type { Channel, Duty, TextCode, Tone } from './policy.ts';
import type { ByHand } from './text-by-hand.ts';
import type { Refused } from './track-refused.ts';
import type { WithheldReason } from './withheld-reasons.ts';

export const mostContactsKept = 40;
export const mostTasksKept = 12;
export const mostOpenPromises = 4;
export const mostItemsOfPromise = 40;
export const mostInstalments = 24;
export const mostBrokenKept = 10;

/** How a payer pays and buys, learned from its items once a month. */
export type PayerHabit = {
  invoices: number;
  /** Of the oldest invoice looked at. */
  firstOn?: Day;
  /** How many days late it usually pays; negative: early. */
  latenessDays?: number;
  /** Of the last 12 months. */
  salesEuroCents?: number;
};

/** Which policy an account has, which rule chose it (R136), and what was known of the payer. */
export type ChosenPolicy = { id: string; rule: string; on: Day; habit?: PayerHabit };

/** What somebody who may approved to be named as the next step of a final notice. */
export const approvedMeasures = ['hold', 'agency', 'court'] as const;
export type ApprovedMeasure = (typeof approvedMeasures)[number];

/** A reminder between plan and end. At most one: the next is planned when this one is sent, withheld or given up. */
export type PendingMessage = {
  id: string;
  state: 'awaiting' | 'planned' | 'claimed' | 'inDoubt' | 'carrying';
  stage: number;
  tone: Tone;
  text: TextCode;
  policyId: string;
  plannedOn: Day;
  /** Of the entry that planned it as it is now. */
  plannedVersion?: number;
  /** Of items, amounts, stage: another one is another message. */
  digest: string;
  /** What it waits for: the company's go-live, or a person's duty. */
  needs: readonly ('draft' | Duty)[];
  /** Approved when it was released. */
  measure?: ApprovedMeasure;
  /** Of the claim: what the mail service knows it by, and the instant of the first try. */
  operationId?: string;
  firstPostAt?: string;
  /** A person chose its text. */
  byHand?: ByHand;
  /** Items whose stage it has not moved yet. */
  leftToCarry?: number;
};

/** Who reached the customer when (`isLost`: it bounced); statements, receipts and answers are not in it. */
export type ContactMade = {
  on: Day;
  by: 'auto' | 'person';
  channel: Channel;
  tone?: Tone;
  isTalk?: true;
  isLost?: true;
};

export type OpenTask = {
  id: string;
  act: string;
  stage: number;
  createdOn: Day;
  /** A day after which it is somebody else's to look at. */
  dueOn?: Day;
  /** ISO instant, of a call that was asked for at a time. */
  at?: string;
};

/** A promise that broke, and what of it had not come by then. */
export type BrokenPromise = { id: string; on: Day; currency: Currency; left: AmountMinor };
/** After so many days a broken promise tells nothing any more. */
export const brokenTellsDays = 90;

export type PromisedItem = {
  itemId: string;
  amount: AmountMinor;
  /** What was open when it was promised, and how many changes the item had had. */
  openThen: AmountMinor;
  changesThen: number;
  /** Money noted for it by then: of how many receipts, and how much of them the books showed. Absent: none. */
  notedThen?: { receipts: number; confirmed: AmountMinor };
};

export type PromiseBy = 'collector' | 'creditManager' | 'customer';

export type OpenPromise = {
  id: string;
  by: PromiseBy;
  currency: Currency;
  amount: AmountMinor;
  madeOn: Day;
  /** The day promised, and the one from which it may be judged. */
  dueOn: Day;
  judgeOn: Day;
  items: readonly PromisedItem[];
  /** Money of the account in its currency that was noted and not booked when it was made; absent: none. */
  provisionalThen?: AmountMinor;
};

export type Instalment = { on: Day; amount: AmountMinor };

export type PaymentPlan = {
  id: string;
  currency: Currency;
  agreedOn: Day;
  /** As of a promise. */
  provisionalThen?: AmountMinor;
  instalments: readonly Instalment[];
  items: readonly PromisedItem[];
  /** Instalments it was reminded of, or missed and told about. */
  remindedOf?: readonly Day[];
  missedOn?: readonly Day[];
};

export type WithheldPosition = {
  /** Since when for just these reasons. */
  since: Day;
  /** Of every item's reason; unchanged, nothing is written. */
  digest: string;
  /** How many items, by reason; 0 for a reason of the account. */
  reasons: Readonly<Partial<Record<WithheldReason, number>>>;
};

export type DunningPosition = {
  /** The stage of the last message or call that reached the customer; 0 when nothing is open. */
  stage: number;
  policy?: ChosenPolicy;
  message?: PendingMessage;
  /** Other messages on their way. */
  notices?: readonly PendingNotice[];
  /** Ids of the last ones that were handed over, or may have been, newest first. */
  overNotices?: readonly string[];
  withheld?: WithheldPosition;
  /** Newest first, of the last days that any ceiling looks at. */
  contacts?: readonly ContactMade[];
  tasks?: readonly OpenTask[];
  promises?: readonly OpenPromise[];
  /** Days on which promises broke, newest first. */
  brokenOn?: readonly Day[];
  /** The same promises with what was left of each. */
  broken?: readonly BrokenPromise[];
  /** Calls in a row, up to the last, that reached nobody. */
  unreachedCalls?: number;
  /** How many of them there were when a mail went out last: those are answered. */
  mailedCalls?: number;
  plan?: PaymentPlan;
  /** Absent: as on record. */
  mandate?: MandatePosition;
  /** Cases decided against the customer, until the last step of their track, newest first. */
  refused?: readonly Refused[];
};

/** A part of an item that is not asked for, by what holds it; at most what is open counts. */
export type HeldPart = {
  /** Of the promise or dispute. */
  id: string;
  code: 'promised' | 'disputed';
  amount: AmountMinor;
  /** The last day it holds. */
  untilOn?: Day;
};

/** What an item was last reminded of, beside its stage. */
export type Reminded = {
  policyId: string;
  tone?: Tone;
  /** Of the message or call that carried its stage. */
  on?: Day;
  /** Steps before the due day that were done, by their day: -7. */
  courtesies?: readonly number[];
  /** As it was before, for a message that turns out not to have arrived. */
  before?: { stage: number; carriedBy?: string; policyId?: string; tone?: Tone; on?: Day };
};
