/**
 * A payment that a customer makes by bank transfer: chosen items net of chosen credits, under a reference of its own by
 * which the money is known, whoever sends it (R171).
 * From: `checkout.ts` prices the choice. Next: an advice (`advice.ts`) that waits for the money, as if the customer had
 * sent it with the transfer.
 */
import type { Advice } from './advice.ts';
import { adviceIdOf } from './advice.ts';
import { addBusinessDays, type BusinessCalendar } from './business-days.ts';
import type { Day } from './calendar.ts';
import type { CheckoutLine } from './checkout.ts';
import type { HashText } from './document-ids.ts';
import type { AmountMinor, Currency } from './money.ts';

export type Transfer = {
  companyId: string;
  accountId: string;
  /** ISO 11649. */
  reference: string;
  currency: Currency;
  /** What the lines come to; more than 0. */
  amount: AmountMinor;
  lines: readonly CheckoutLine[];
  /** ISO instant. */
  chosenAt: string;
};

/** Of advices that come from here. */
export const portalSource = 'portal';

/** Bank transfers know no limit but that of safe integers. */
export const sumsOfTransfer = { least: 1, most: Number.MAX_SAFE_INTEGER };

/** Business days until somebody looks for the money, and for which the items are held, as of any advice. */
const [traceAfter, heldFor] = [3, 5];

/** Hexadecimal digits of the id of a choice that make the number: 48 bits. */
const digitsOfId = 12;
const digitsOfNumber = 15;

/**
 * The creditor reference (ISO 11649) of a choice, whose id is 32 hexadecimal digits: `RF`, two check digits and 15
 * digits. The same choice has the same; check digits find what is mistyped.
 */
export const referenceOfTransfer = (choiceId: string): string => {
  const number = BigInt(`0x${choiceId.slice(0, digitsOfId)}`)
    .toString()
    .padStart(digitsOfNumber, '0');
  // R is 27, F is 15, and the check digits count as 00 (ISO 7064, mod 97-10)
  const check = 98n - (BigInt(`${number}271500`) % 97n);
  return `RF${String(check).padStart(2, '0')}${number}`;
};

/** Waits for the money as an advice does that came the same day. */
export const adviceOfTransfer = (
  { companyId, accountId, reference, currency, amount, lines, chosenAt }: Transfer,
  { cameOn, calendar }: { cameOn: Day; calendar: BusinessCalendar },
  hashText: HashText,
): Advice => ({
  ...{ companyId, source: portalSource, reference, currency, total: amount, state: 'waiting' },
  id: adviceIdOf({ source: portalSource, reference, currency }, [accountId], hashText),
  ...{ importId: portalSource, asOf: chosenAt, cameOn },
  lines: lines.map(({ itemId, number, amount: paid }) => ({
    ...{ itemId, number, amount: paid, account: { companyId, accountId } },
  })),
  traceFrom: addBusinessDays(cameOn, traceAfter, calendar),
  heldUntil: addBusinessDays(cameOn, heldFor, calendar),
});

/** Chosen once more: money that did not come in time is waited for anew, and holds nothing again. */
export const chosenAgain = (known: Advice, now: Advice): Advice =>
  known.state === 'lapsed' && known.cameOn < now.cameOn
    ? { ...known, cameOn: now.cameOn, asOf: now.asOf }
    : known;
