/**
 * What a person may have at most, besides how fast: exports an hour, things of ours that another firm opens a day.
 * From: `http-call.ts`, once a call may be made and its input is good. Next: a Problem with `Retry-After`.
 */
import type { InvocationContext } from '@azure/functions';
import { cellOf, type ActionName } from '../contracts/access.ts';
import { textOfInstant, type Instant } from '../domain/calendar.ts';
import { wholeCompany, type Scope } from '../domain/scope.ts';
import type { AlertStore } from '../ports/alert-store.ts';
import type { CallCounter } from '../ports/call-counter.ts';
import type { Caller } from './access.ts';
import { principalsFor } from './fields.ts';

const exportsPerHour = 5;
const lentThingsPerDay = 500;

type Route = { name: string; action: ActionName; countedAs?: 'export' };
type Asked = { caller: Caller; params: unknown; now: Instant; scope: Scope };

/** 0, or the seconds until the span is over. Of who reads too much of what is lent to them, the companies are told. */
export const spentSeconds = async (
  { counter, alerts }: { counter: CallCounter; alerts?: Pick<AlertStore, 'raise'> | undefined },
  { name, action, countedAs }: Route,
  { caller, params, now, scope }: Asked,
  { invocationId }: InvocationContext,
): Promise<number> => {
  const { id: callerId } = caller;
  const as = principalsFor(caller.principals, action);
  if (callerId === undefined || as.includes('SYS')) return 0;
  const at = textOfInstant(now);
  if (countedAs === 'export') {
    const counted = { what: 'export', span: at.slice(0, 13), thing: invocationId, most: exportsPerHour };
    if ((await counter.count({ callerId, ...counted })) === 'too-many') return leftOf(now, 3_600);
  }
  if (as.length > 0 && as.every((who) => cellOf(action, who).scope === 'G')) {
    const thing = JSON.stringify([name, params ?? null]);
    const counted = { what: 'lent', span: at.slice(0, 10), thing, most: lentThingsPerDay };
    if ((await counter.count({ callerId, ...counted })) === 'too-many') {
      for (const companyId of companiesIn(scope))
        await alerts?.raise(wholeCompany(companyId), {
          ...{ id: `outsiderReadsMuch:${callerId}:${counted.span}`, companyId, at },
          ...{ rule: 'outsiderReadsMuch', to: ['it', 'creditManager'] },
        });
      return leftOf(now, 86_400);
    }
  }
  return 0;
};

const companiesIn = ({ parts }: Scope): string[] => [
  ...new Set(parts.flatMap(({ companies }) => (companies === 'all' ? [] : companies))),
];

/** Seconds until a span of UTC is over, never 0. */
const leftOf = (now: Instant, spanSeconds: number): number =>
  spanSeconds - (Math.floor(now.epochMilliseconds / 1000) % spanSeconds);
