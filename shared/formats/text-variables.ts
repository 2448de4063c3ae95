/**
 * The values a text may name, and what each is: what lint knows, what an editor is offered, what the reference lists.
 * From: the views of `text-view.ts`; a test holds both against each other. Next: `lint-text.ts`.
 */
import type { CauseData, MessageText } from '../domain/message-data.ts';
import { textCatalogue } from './text-catalogue.ts';

export type Variable = {
  name: string;
  means: string;
  /** Not always there: it may stand only where a condition has asked for it. */
  isOptional?: true;
};

const common: readonly Variable[] = [
  { name: 'greeting', means: 'the greeting, with the name of whoever is written to' },
  { name: 'seller', means: 'legal name of the company' },
  { name: 'customer', means: 'legal name of the customer' },
  { name: 'account', means: 'account number of the customer' },
  { name: 'sum', means: 'the sum asked for, or the balance, by currency' },
  { name: 'subjectSum', means: 'the sum in a subject; of several currencies, how many there are' },
  { name: 'asOf', means: 'date and time of the balance' },
];

const ofReminders: readonly Variable[] = [
  { name: 'payBy', means: 'the last day to pay' },
  { name: 'previousOn', means: 'day of the last mail or letter', isOptional: true },
  { name: 'measure', means: 'what was approved: hold, agency, court, further', isOptional: true },
  { name: 'contract', means: 'what the claim rests on', isOptional: true },
];

const v = (name: string, means: string): Variable => ({ name, means });
const o = (name: string, means: string): Variable => ({ name, means, isOptional: true });

const ofCauses: Readonly<Record<keyof CauseData, readonly Variable[]>> = {
  invoice: [
    ...[v('invoice.number', 'its number'), v('invoice.on', 'its date'), v('invoice.due', 'its due day')],
    ...[v('invoice.total', 'its amount'), o('invoice.po', 'the purchase order')],
    ...[
      o('invoice.discountUntil', 'last day of the discount'),
      o('invoice.discountPay', 'amount to pay until then'),
    ],
  ],
  promise: [
    ...[
      v('promise.amount', 'amount promised'),
      v('promise.due', 'day promised'),
      v('promise.items', 'for which items'),
    ],
    ...[
      o('promise.method', 'how it is paid'),
      o('promise.received', 'what came'),
      o('promise.missing', 'what did not'),
    ],
  ],
  dispute: [
    ...[v('dispute.number', 'number of the case'), v('dispute.items', 'about which items')],
    ...[v('dispute.held', 'amount on hold'), v('dispute.answerBy', 'day of our answer')],
  ],
  decided: [
    ...[v('decided.number', 'number of the case'), v('decided.items', 'about which items')],
    ...[v('decided.decision', 'accepted, in part, not'), v('decided.reason', 'why')],
    ...[o('decided.credited', 'amount credited'), o('decided.creditNote', 'number of the credit note')],
    o('decided.due', 'amount to be paid after all'),
  ],
  debit: [
    ...[v('debit.amount', 'amount'), v('debit.on', 'day'), v('debit.items', 'for which items')],
    ...[v('debit.mandate', 'the mandate'), v('debit.creditorId', 'creditor identifier')],
    ...[
      o('debit.returnedOn', 'day of the return'),
      o('debit.reason', 'reason of the bank'),
      o('debit.fee', 'bank fee'),
    ],
  ],
  deduction: [
    ...[v('deduction.taken', 'amount taken'), v('deduction.on', 'day of the payment')],
    ...[v('deduction.items', 'from which items'), v('deduction.reason', 'why it is not owed')],
    o('deduction.claim', 'number the customer gave it'),
  ],
  receipt: [
    ...[
      v('receipt.amount', 'amount received'),
      v('receipt.on', 'day'),
      v('receipt.balance', 'the new balance'),
    ],
    o('receipt.left', 'what is not matched'),
  ],
  plan: [
    ...[v('plan.number', 'its number'), v('plan.total', 'its sum'), v('plan.items', 'its items')],
    ...[o('plan.nextOn', 'day of the next instalment'), o('plan.nextAmount', 'what is to be paid by then')],
    ...[
      o('plan.missedOn', 'day of an instalment that did not come'),
      o('plan.declined', 'what was asked for is not agreed'),
      o('plan.missedAmount', 'what is missing'),
    ],
  ],
  answer: [
    ...[v('answer.asked', 'what was asked for'), v('answer.askedOn', 'on which day')],
    ...[o('answer.question', 'the question, where it was one'), o('answer.reply', 'what we answer')],
  ],
  handOver: [
    ...[v('handOver.to', 'who acts from then on'), v('handOver.since', 'since when')],
    ...[v('handOver.amount', 'the claim'), v('handOver.file', 'their file number')],
  ],
  statutory: [
    ...[o('statutory.order', 'the order'), o('statutory.accepted', 'day of acceptance')],
    o('statutory.legalBasis', 'the legal basis'),
  ],
};

/** Where it is not a demand a pay-by day need not be there; of a debit returned, the return is. */
export const variablesOf = (text: MessageText): Variable[] => {
  const { demands, cause } = textCatalogue[text];
  const returned = ['debit.returnedOn', 'debit.reason'];
  return [
    ...common,
    ...ofReminders.map((one) => (one.name === 'payBy' && !demands ? o(one.name, one.means) : one)),
    ...(cause === undefined ? [] : ofCauses[cause]).map((one) =>
      text === 'T11' && returned.includes(one.name) ? v(one.name, one.means) : one,
    ),
  ];
};
