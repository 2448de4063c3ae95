/**
 * What happens to an account in dunning, in the past tense; part of the facts of `facts.ts`.
 * From: `decide-plan.ts`, `message-life.ts`, `make-promise.ts`, `payment-plan.ts`. Next: `evolve-dunning.ts`.
 * Ids, amounts, days and codes only: who gets a message and what it says lies beside the account.
 */
import type { Day } from './calendar.ts';
import type {
  ApprovedMeasure,
  ChosenPolicy,
  ContactMade,
  HeldPart,
  OpenPromise,
  OpenTask,
  PaymentPlan,
  PendingMessage,
} from './dunning-position.ts';
import type { AmountMinor, Currency } from './money.ts';
import type { MandateFact } from './mandate.ts';
import type { NoticeFact } from './notice.ts';
import type { Duty, TextCode, Tone } from './policy.ts';
import type { WithheldReason } from './withheld-reasons.ts';

/** An item in a step: at which stage, and what is asked of it. */
export type StepItem = {
  itemId: string;
  stage: number;
  currency: Currency;
  asked: AmountMinor;
  /** Reaches the stage by this step; others ride along. */
  isDue: boolean;
  /** Day of the step before the due day that this is, of items not yet due. */
  courtesyDay?: number;
  /** Stages passed over, each with its reason. */
  skipped?: readonly { stage: number; reason: WithheldReason }[];
};

export type PlannedMessage = Omit<
  PendingMessage,
  'state' | 'plannedVersion' | 'operationId' | 'firstPostAt' | 'leftToCarry'
> & {
  act: 'mail' | 'letter';
  /** Asked for, by currency; each above 0. */
  sums: Readonly<Record<Currency, AmountMinor>>;
  items: readonly StepItem[];
  /** Credits taken off, and what is held beside it. */
  credits: readonly { itemId: string; amount: AmountMinor }[];
  /** Money received and not yet allocated, taken off too; by currency, each above 0. */
  unallocated?: Readonly<Record<Currency, AmountMinor>>;
  aside: readonly { itemId: string; amount: AmountMinor; reason: WithheldReason }[];
  payByOn?: Day;
  hasLetter?: true;
  also?: readonly string[];
  copyTo?: readonly string[];
  /** Not before this instant: hours and days off of the recipient. */
  notBefore?: string;
  /** Of the policy; absent where a person chose the text. */
  policyVersion?: number;
  /** Of all that decided it. */
  inputs: string;
};

export type NewTask = OpenTask & {
  text?: TextCode;
  tone?: Tone;
  does: readonly Duty[];
  sums: Readonly<Record<Currency, AmountMinor>>;
  items: readonly StepItem[];
  also?: readonly string[];
};

/** What a message or call did to the stages of items. */
export type Carried = { itemId: string; stage: number; courtesyDay?: number };

export type WithheldItem = { itemId: string; reason: WithheldReason };

/** `delayed` is noted and bars nothing; `recipient` of a report is a salted hash. */
export type ReportedStatus = 'delivered' | 'bounced' | 'suppressed' | 'delayed' | 'complained';

export type MessageFact =
  | { kind: 'messagePlanned'; message: PlannedMessage; on: Day }
  | {
      kind: 'messageReleased';
      messageId: string;
      as: 'draft' | Duty;
      by: string;
      /** What a final notice may name as the next step. */
      measure?: ApprovedMeasure;
      on: Day;
    }
  | { kind: 'messageClaimed'; messageId: string; operationId: string; at: string; on: Day }
  /** `leftToCarry`: items of it that `itemsCarried` has yet to move. */
  | { kind: 'messageSent'; messageId: string; leftToCarry: number; on: Day }
  | { kind: 'messageInDoubt'; messageId: string; on: Day }
  | { kind: 'messageWithheld'; messageId: string; reasons: readonly WithheldReason[]; on: Day }
  /** What the mail service told about a message of any kind; the first report of a kind, for each recipient. */
  | {
      kind: 'messageReported';
      messageId: string;
      status: ReportedStatus;
      recipient: string;
      /** Of somebody who got a copy, not of whom it was written to. */
      isCopy?: true;
      on: Day;
    }
  /** A call was tried or made, a mail of a person went out. */
  | { kind: 'contactMade'; contact: ContactMade; on: Day }
  | CallFact;

/** A call that was made; its line of text, and who was spoken to, lie beside the account. */
export type LoggedCall = {
  id: string;
  /** Of the outcome. */
  code: string;
  by: string;
  /** ISO instant. */
  at: string;
  durationSeconds: number;
  isTalk: boolean;
  /** Nobody was reached: so many in a row send a mail. */
  isUnreached: boolean;
  itemIds: readonly string[];
  noteId?: string;
  /** Money is expected on this day, without a promise: the customer's next pay run. */
  expectedOn?: Day;
};

export type CallFact =
  | { kind: 'callLogged'; call: LoggedCall; on: Day }
  /** Shortly after it was logged, by mistake: it counts as not made. */
  | { kind: 'callUndone'; call: LoggedCall; on: Day };

export type DunningHeadFact =
  | MessageFact
  | NoticeFact
  | MandateFact
  | { kind: 'policyChosen'; policy: ChosenPolicy; on: Day }
  | {
      kind: 'reminderWithheld';
      account: readonly WithheldReason[];
      items: readonly WithheldItem[];
      /** How many more items, by reason, where they are too many to name. */
      more?: Readonly<Partial<Record<WithheldReason, number>>>;
      digest: string;
      on: Day;
    }
  | { kind: 'reminderFree'; on: Day }
  | { kind: 'taskCreated'; task: NewTask; on: Day }
  | { kind: 'taskEnded'; taskId: string; as: 'done' | 'dropped'; outcome?: string; on: Day }
  | { kind: 'promiseMade'; promise: OpenPromise; on: Day }
  | {
      kind: 'promiseJudged';
      promiseId: string;
      result: 'kept' | 'partly' | 'broken' | 'void';
      received: AmountMinor;
      why?: string;
      on: Day;
    }
  | { kind: 'planAgreed'; plan: PaymentPlan; by: string; approvedBy?: string; on: Day }
  | { kind: 'planNoted'; planId: string; instalmentOn: Day; as: 'reminded' | 'missed'; on: Day }
  | { kind: 'planEnded'; planId: string; as: 'paid' | 'broken' | 'cancelled'; on: Day };

/** They change items, and some of them the head, too. */
export type DunningItemFact =
  | {
      kind: 'itemsCarried';
      /** The message or task. */
      by: string;
      policyId: string;
      tone?: Tone;
      items: readonly Carried[];
      on: Day;
    }
  | { kind: 'carryingUndone'; by: string; itemIds: readonly string[]; on: Day }
  | { kind: 'partHeld'; itemId: string; part: HeldPart; on: Day }
  | { kind: 'partFreed'; itemId: string; partId: string; on: Day };

export type DunningFact = DunningHeadFact | DunningItemFact;
