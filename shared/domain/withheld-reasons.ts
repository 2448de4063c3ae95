/**
 * Why a message is not sent (`defaults.md` §4.5): stable codes, each with the words a person reads.
 * From: evaluation, the gate, the life of a mail. Next: kept with the account, shown, counted.
 */
export const withheldReasons = {
  paid: 'It is paid.',
  'payment-pending': 'A payment is on its way and not yet in the accounts.',
  'covered-by-cash': 'Money on account covers it; somebody is to allocate it.',
  'covered-by-credit': 'Credits cover it.',
  'below-minimum': 'It is less than this step asks for.',
  promised: 'The customer promised to pay it and the day has not passed.',
  'ap-approved': "It is approved in the customer's own system, with a day.",
  disputed: 'It is under dispute.',
  'query-open': 'The customer waits for something from us.',
  'says-paid': 'The customer says to have paid.',
  'in-plan': 'It is paid by instalments.',
  'on-hold': 'Somebody put it on hold.',
  'sales-hold': 'Sales asked to hold it.',
  'reply-waiting': 'A reply of the customer waits to be read.',
  'recent-contact': 'The customer was contacted a short while ago.',
  'frequency-cap': 'The customer has had as many messages as may be sent.',
  'quiet-hours': 'It is outside the hours of the recipient.',
  holiday: 'The recipient has a day off.',
  'no-valid-contact': 'There is nobody to write to.',
  bounced: 'The address does not take mail.',
  'language-missing': 'There is no text in the language of the recipient.',
  'approval-waiting': 'It waits for a person to release it.',
  'draft-mode': 'The company still looks at every message before it goes out.',
  'feed-stale': 'The newest file of the ERP is too old.',
  'cash-stale': 'The bank statement of the last day is missing.',
  'reconciliation-red': 'The book is not what the ERP says.',
  'source-row-refused': 'Its newest row could not be read.',
  'erp-dunning-block': 'The ERP blocks it from dunning.',
  factored: 'It is sold to a factor.',
  'direct-debit': 'It is collected by direct debit.',
  'draft-not-matured': 'A draft or post-dated cheque stands for it.',
  retention: 'It is held back by agreement.',
  placed: 'It is with an agency.',
  legal: 'It is with a lawyer.',
  insolvent: 'The debtor is insolvent.',
  intercompany: 'It is owed within the group.',
  'quota-wait': 'No more mail may be sent just now.',
  'in-doubt': 'It is not known whether the last message went out.',
  'stop-all': 'All sending is stopped.',
  'opted-out': 'The recipient wants no such mail.',
  suppressed: 'The address is barred.',
  'pay-run-wait': "It waits for the customer's pay run or next business day.",
  'at-final': 'The account is at a final notice or decision.',
  'review-list': 'It is too old to be sent without a person looking at it.',
  'not-rendered': 'The text could not be made.',
} as const;

export type WithheldReason = keyof typeof withheldReasons;

export const isWithheldReason = (text: string): text is WithheldReason =>
  Object.hasOwn(withheldReasons, text);

/** Why a hold keeps an item or account from being reminded: its code where that is a reason, else that it is held. */
export const reasonOfHold = (code: string): WithheldReason => (isWithheldReason(code) ? code : 'on-hold');

/** They pass without anything happening here: the account is looked at again on the next business day. */
export const passingReasons: readonly WithheldReason[] = [
  ...(['feed-stale', 'cash-stale', 'reconciliation-red', 'stop-all', 'quota-wait', 'not-rendered'] as const),
  ...(['no-valid-contact', 'bounced', 'language-missing', 'opted-out', 'suppressed'] as const),
];
