/**
 * The facts of dunning in the words of a collector.
 * From: `timeline-words.ts`. Next: the timeline of an account. No names: facts hold none.
 */
import type { DunningFact } from './dunning-facts.ts';
import type { Fact } from './facts.ts';
import { withheldReasons, type WithheldReason } from './withheld-reasons.ts';

const because = (reasons: readonly WithheldReason[]): string =>
  [...new Set(reasons)].map((reason) => withheldReasons[reason]).join(' ');

/** What a final notice was allowed to name. */
const measureWords = {
  hold: 'deliveries on hold',
  agency: 'a collection agency',
  court: 'the court',
} as const;

export type CallShown = { seconds: number; items: string[] };

/** Of a call that was logged: how long, and about which invoices. */
export const callIn = (fact: Fact): { call?: CallShown } =>
  fact.kind === 'callLogged'
    ? { call: { seconds: fact.call.durationSeconds, items: [...fact.call.itemIds] } }
    : {};

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

const reportedWords = {
  delivered: 'the mail arrived',
  bounced: 'the mail did not arrive: there is no such mailbox',
  suppressed: 'the mail did not arrive: the address is barred',
  delayed: 'the mail was not taken yet',
  complained: 'the recipient called the mail unwanted: the address is barred',
} as const;

const endedWords = {
  mandate: 'one came back for its mandate',
  account: 'one came back for its account',
  refused: 'one came back, refused',
  withdrawn: 'the mandate was taken off the record',
} as const;

/** One line; `nameOf` says an item as people do. */
export const dunningText = (fact: DunningFact, nameOf: (itemId: string) => string): string => {
  switch (fact.kind) {
    case 'policyChosen':
      return `chased as ${fact.policy.id}: ${fact.policy.rule}`;
    case 'reminderWithheld':
      return `not reminded: ${because([...fact.account, ...fact.items.map(({ reason }) => reason)])}`;
    case 'reminderFree':
      return 'nothing keeps it from being reminded any more';
    case 'contactMade':
      return `${fact.contact.by === 'auto' ? 'automatic' : 'a person'}: ${fact.contact.channel}`;
    case 'callLogged':
      return `call: ${fact.call.code}${fact.call.isTalk ? '' : ', not with the right person'}`;
    case 'callUndone':
      return `the call (${fact.call.code}) was logged by mistake`;
    case 'taskCreated':
      return `${fact.task.act} at stage ${fact.task.stage} for ${fact.task.does.join(' and ')}`;
    case 'taskEnded':
      return fact.as === 'done'
        ? `done${fact.outcome === undefined ? '' : `: ${fact.outcome}`}`
        : 'no longer needed';
    case 'itemsCarried':
      return `${counted(fact.items.length, 'item')} reminded of`;
    case 'carryingUndone':
      return `the message for ${counted(fact.itemIds.length, 'item')} did not arrive: it does not count`;
    case 'mandateEnded':
      return `no more direct debits: ${endedWords[fact.why]}`;
    case 'mandateHeld':
      return 'a direct debit came back and nobody knows why: none is announced until somebody looked at it';
    case 'mandateGiven':
      return fact.isSame === true
        ? 'the mandate for direct debits holds'
        : 'another mandate for direct debits is on record';
    case 'partHeld':
      return `part of ${nameOf(fact.itemId)} held: ${withheldReasons[fact.part.code]}`;
    case 'partFreed':
      return `part of ${nameOf(fact.itemId)} no longer held`;
    default:
      return textOfMore(fact);
  }
};

type More = Extract<
  DunningFact,
  { kind: `message${string}` | `notice${string}` | `promise${string}` | `plan${string}` }
>;

const textOfMore = (fact: More): string => {
  switch (fact.kind) {
    case 'messagePlanned':
      return `reminder of stage ${fact.message.stage} planned: ${fact.message.text}`;
    case 'messageReleased': {
      const next = fact.measure === undefined ? '' : `, with the next step: ${measureWords[fact.measure]}`;
      return `reminder released (${fact.as})${next}`;
    }
    case 'messageClaimed':
      return 'reminder on its way';
    case 'messageSent':
      return 'reminder sent';
    case 'messageInDoubt':
      return 'it is not known whether the reminder went out';
    case 'messageReported':
      return reportedWords[fact.status];
    case 'messageWithheld':
      return `reminder not sent: ${because(fact.reasons)}`;
    case 'noticePlanned':
      return `${fact.notice.text} planned`;
    case 'noticeClaimed':
      return 'message on its way';
    case 'noticeSent':
      return 'message sent';
    case 'noticeInDoubt':
      return 'it is not known whether the message went out';
    case 'noticeWithheld':
      return `message not sent: ${because(fact.reasons)}`;
    case 'promiseMade':
      return `promised for ${fact.promise.dueOn}`;
    case 'promiseJudged':
      return `promise ${fact.result}${fact.why === undefined ? '' : `: ${fact.why}`}`;
    case 'planAgreed':
      return `${counted(fact.plan.instalments.length, 'instalment')} agreed`;
    case 'planNoted':
      return `instalment of ${fact.instalmentOn} ${fact.as}`;
    case 'planEnded':
      return `instalments ${fact.as}`;
  }
};
