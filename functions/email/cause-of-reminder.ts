/**
 * What a reminder tells of besides its items: to a public body, the order, the day its platform accepted the invoices,
 * the law that names its time to pay.
 * From: the items that are due, the countries of both sides. Next: the data of its text. What is not known is not said.
 */
import type { AccountItem } from '../../shared/domain/account.ts';
import type { PlannedMessage } from '../../shared/domain/dunning-facts.ts';
import { jurisdictionOf, interestRules } from '../../shared/domain/interest-rules.ts';
import type { StatutoryData } from '../../shared/domain/message-causes.ts';
import type { CauseData } from '../../shared/domain/message-data.ts';
import type { CauseSource } from './cause-of-notice.ts';

export const causeOfReminder = (
  { judged, frame }: Pick<CauseSource, 'judged' | 'frame'>,
  { text, items }: Pick<PlannedMessage, 'text' | 'items'>,
): CauseData => {
  if (text !== 'T5-P') return {};
  const due = items.filter(({ isDue }) => isDue).flatMap(({ itemId }) => judged.items.get(itemId) ?? []);
  const basis = legalBasisOf(frame.company.country, judged.masterData.country);
  return { statutory: { ...orderOf(due), ...acceptedOf(due), ...basis } };
};

const mostOrders = 5;

const orderOf = (due: readonly AccountItem[]): Pick<StatutoryData, 'order'> => {
  const orders = due.flatMap(({ references }) => references.purchaseOrder ?? references.order ?? []);
  const different = [...new Set(orders)].toSorted();
  return different.length === 0 || different.length > mostOrders ? {} : { order: different.join(', ') };
};

/** The last day, once every one of them was accepted. */
const acceptedOf = (due: readonly AccountItem[]): Pick<StatutoryData, 'acceptedOn'> => {
  const days = due.flatMap(({ apStatus, apStatusOn }) =>
    isAccepted(apStatus) && apStatusOn !== undefined ? [apStatusOn] : [],
  );
  const last = days.toSorted().at(-1);
  return last === undefined || days.length < due.length ? {} : { acceptedOn: last };
};

const isAccepted = (status = ''): boolean => ['accepted', 'approved'].includes(status.toLowerCase());

/** Of a rule that holds for both sides. */
const legalBasisOf = (ours: string, theirs = ours): Pick<StatutoryData, 'legalBasis'> => {
  const jurisdiction = jurisdictionOf(ours);
  const rule = interestRules.find((one) => one.jurisdiction === jurisdiction && one.confidence !== 'low');
  return rule === undefined || jurisdictionOf(theirs) !== jurisdiction ? {} : { legalBasis: rule.source };
};
