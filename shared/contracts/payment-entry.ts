/**
 * Payments that clerks key in by hand, and what they are answered.
 * From: the staff client. Next: the payment entry routes of the ledger. Amounts in minor units, positive.
 */
import { z } from 'zod';
import type { EnteredPayment } from '../domain/entered-payment.ts';
import { itemKinds } from '../domain/item.ts';
import { amountOf } from '../domain/money.ts';
import { receiptAnswer } from './cash-desk.ts';
import { day, identifier, plain, wholeAmount } from './typed-in.ts';

const paidLine = z.strictObject({
  kind: z.enum(itemKinds).default('invoice'),
  ...{ number: identifier, fiscalYear: plain(10).optional(), part: plain(40).default('1') },
  amount: z.int().min(1).transform(amountOf),
  reason: plain(40).optional(),
});

const payment = z.strictObject({
  ...{ account: identifier, valueOn: day, postedOn: day.optional(), currency: z.string().min(1).max(10) },
  ...{ amount: wholeAmount, method: plain(40), reference: plain(140) },
  ...{ payerName: plain(200).optional(), text: plain(1_000).optional() },
  /** Which documents it pays; what they leave is allocated like a bank's line. */
  lines: z.array(paidLine).max(50).default([]),
  /** Looked at: not the payment that is here and looks the same. */
  isAnother: z.boolean().default(false),
});

/** One payment, or a batch with its total by currency. */
export const paymentsBody = z
  .strictObject({
    company: identifier,
    payments: z.array(payment).min(1).max(50),
    totals: z.record(z.string().max(10), wholeAmount).optional(),
  })
  .refine(({ payments, totals }) => payments.length === 1 || totals !== undefined, {
    path: ['totals'],
    message: 'a batch of several payments says its total',
  });
export type PaymentsBody = z.infer<typeof paymentsBody>;

/** As the domain takes it: what is not said is not there. */
export const paidOf = ({
  account: accountId,
  lines,
  ...said
}: PaymentsBody['payments'][number]): EnteredPayment => {
  const given = Object.entries(said).filter(([, value]) => value !== undefined);
  return {
    ...{ accountId, ...(Object.fromEntries(given) as Omit<EnteredPayment, 'accountId' | 'lines'>) },
    lines: lines.map(
      (line) =>
        Object.fromEntries(
          Object.entries(line).filter(([, value]) => value !== undefined),
        ) as EnteredPayment['lines'][number],
    ),
  };
};

export const paymentsEntered = z.strictObject({
  company: z.string(),
  payments: z.array(z.strictObject({ account: z.string(), receipt: receiptAnswer })),
});
export type PaymentsEntered = z.infer<typeof paymentsEntered>;
