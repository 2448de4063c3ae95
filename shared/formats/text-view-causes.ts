/**
 * What happened, as the texts that tell of it say it: invoice, promise, case, debit, deduction, receipt and the rest.
 * From: the cause in `MessageData`. Next: `text-view.ts`. A text whose cause is missing is not rendered.
 */
import type { MessageData, MessageLanguage, MessageText, Money } from '../domain/message-data.ts';
import { cleanText } from './clean-text.ts';
import type { LocaleText } from './locale-text.ts';
import { textCatalogue } from './text-catalogue.ts';
import { labelOf, type LabelName } from './text-labels.ts';

type Words = Record<string, unknown>;
type Maker<Cause> = (cause: Cause, say: LocaleText, language: MessageLanguage) => Words;
type Causes = Required<Pick<MessageData, CauseName>>;
type CauseName = NonNullable<(typeof textCatalogue)[MessageText]['cause']>;

/** What of the cause the subject names instead of what is asked. */
export const subjectSumOf = (text: MessageText, data: MessageData): readonly Money[] | undefined => {
  const sums: Partial<Record<MessageText, Money | undefined>> = {
    ...{ T0: data.invoice?.total, T6: data.promise?.amount, T8: data.dispute?.held, T10: data.debit?.amount },
    ...{ T14: data.receipt?.amount, T15: data.plan?.total, T17: data.handOver?.amount },
  };
  const own = sums[text];
  return own === undefined ? undefined : [own];
};

/** @throws RangeError where the text has a cause and the data have none. */
export const causeView = (
  text: MessageText,
  data: MessageData,
  language: MessageLanguage,
  say: LocaleText,
): Words => {
  const { cause } = textCatalogue[text];
  if (cause === undefined) return {};
  const told = data[cause];
  if (told === undefined) throw new RangeError(`${text} tells of ${cause}, which is not there`);
  return (makers[cause] as Maker<unknown>)(told, say, language);
};

const list = (words: readonly string[]): string => words.map(cleanText).join(', ');
const optional = (name: string, value: string | undefined): Words =>
  value === undefined ? {} : { [name]: value };
const money = (say: LocaleText, value: Money | undefined): string | undefined =>
  value === undefined ? undefined : say.money(value);
const word = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : cleanText(text);

const reasonLabels = {
  ...{ noFunds: 'reasonNoFunds', account: 'reasonAccount', mandate: 'reasonMandate' },
  ...{ refused: 'reasonRefused', other: 'reasonOther' },
} as const satisfies Record<string, LabelName>;

const decisionLabels = {
  ...{ accepted: 'decisionAccepted', partly: 'decisionPartly', rejected: 'decisionRejected' },
} as const satisfies Record<string, LabelName>;

const makers: { [Name in CauseName]: Maker<Causes[Name]> } = {
  invoice: ({ number, documentOn, dueOn, total, purchaseOrder, discount, papers }, say) => ({
    invoice: {
      ...{ number: cleanText(number), on: say.longDay(documentOn), due: say.longDay(dueOn) },
      ...{ total: say.money(total), ...optional('po', word(purchaseOrder)) },
      ...(discount === undefined
        ? {}
        : { discountUntil: say.longDay(discount.untilOn), discountPay: say.money(discount.pay) }),
    },
    papers: papers.map(cleanText),
  }),
  promise: ({ amount, dueOn, items, method, received, missing }, say) => ({
    promise: {
      ...{ amount: say.money(amount), due: say.longDay(dueOn), items: list(items) },
      ...optional('method', word(method)),
      ...(received === undefined || received.amount === 0
        ? {}
        : { received: say.money(received), missing: say.money(missing ?? amount) }),
    },
  }),
  dispute: ({ number, items, held, needed, answerByOn }, say) => ({
    dispute: {
      ...{ number: cleanText(number), items: list(items), held: say.money(held) },
      answerBy: say.longDay(answerByOn),
    },
    needed: needed.map(cleanText),
  }),
  decided: ({ number, items, decision, reason, papers, credited, due }, say, language) => ({
    decided: {
      ...{ number: cleanText(number), items: list(items), reason: cleanText(reason) },
      decision: labelOf(language, decisionLabels[decision]),
      ...(credited === undefined
        ? {}
        : { credited: say.money(credited), ...optional('creditNote', word(credited.creditNote)) }),
      ...optional('due', money(say, due)),
    },
    papers: papers.map(cleanText),
  }),
  debit: ({ amount, on, mandate, creditorId, items, returned }, say, language) => ({
    debit: {
      ...{ amount: say.money(amount), on: say.longDay(on), items: list(items) },
      ...{ mandate: cleanText(mandate), creditorId: cleanText(creditorId) },
      ...(returned === undefined
        ? {}
        : {
            returnedOn: say.longDay(returned.on),
            reason: labelOf(language, reasonLabels[returned.reason]),
            ...optional('fee', money(say, returned.fee)),
          }),
    },
  }),
  deduction: ({ taken, on, items, claimNumber, reason, evidence }, say) => ({
    deduction: {
      ...{ taken: say.money(taken), on: say.longDay(on), items: list(items) },
      ...{ reason: cleanText(reason), ...optional('claim', word(claimNumber)) },
    },
    papers: evidence.map(cleanText),
  }),
  receipt: ({ amount, on, items, left, balances }, say) => ({
    receipt: {
      ...{ amount: say.money(amount), on: say.longDay(on) },
      ...{ balance: balances.map(say.money).join(', '), ...optional('left', money(say, left)) },
    },
    receiptItems: items.map((one) => ({
      ...{ number: cleanText(one.number), amount: say.money(one.amount), open: say.money(one.open) },
    })),
  }),
  plan: ({ number, total, items, instalments, next, missed, isDeclined }, say) => ({
    plan: {
      ...{ number: cleanText(number), total: say.money(total), items: list(items) },
      ...(next && { nextOn: say.longDay(next.on), nextAmount: say.money(next.amount) }),
      ...(missed && { missedOn: say.longDay(missed.on), missedAmount: say.money(missed.amount) }),
      ...(isDeclined && { declined: 'yes' }),
    },
    schedule: instalments.map(({ on, amount }) => ({ on: say.longDay(on), amount: say.money(amount) })),
  }),
  answer: ({ asked, askedOn, papers, answered }, say) => ({
    answer: {
      ...{ asked: cleanText(asked), askedOn: say.longDay(askedOn) },
      ...(answered && { question: cleanText(answered.question), reply: cleanText(answered.reply) }),
    },
    papers: papers.map(cleanText),
  }),
  handOver: ({ to, since, amount, fileNumber, address, phone, payTo }, say) => ({
    handOver: {
      ...{ to: cleanText(to), since: say.longDay(since), amount: say.money(amount) },
      ...{ file: cleanText(fileNumber), ...optional('phone', word(phone)) },
    },
    handOverAddress: address.map(cleanText),
    ...(payTo === undefined
      ? {}
      : {
          payTo: {
            ...{ holder: cleanText(payTo.holder), account: cleanText(payTo.account) },
            reference: cleanText(payTo.reference),
          },
        }),
  }),
  statutory: ({ order, acceptedOn, legalBasis }, say) => ({
    statutory: {
      ...(order === undefined ? {} : { order: cleanText(order) }),
      ...(acceptedOn === undefined ? {} : { accepted: say.longDay(acceptedOn) }),
      ...(legalBasis === undefined ? {} : { legalBasis: cleanText(legalBasis) }),
    },
  }),
};
