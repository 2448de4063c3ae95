/**
 * A credit manager saw red and lets dunning go on, with a reason; or somebody tells what the control account says.
 * From: `POST api/companies/{company}/morning-check/release`, `PUT …/control-account`. Next: the company's feeds.
 * A release is for the checks that are red now: the next red check stops dunning again.
 */
import type { ControlBody } from '../../shared/contracts/erp-exchange.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { dayFromText, textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import { amountOf } from '../../shared/domain/money.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { isInScope, type Scope } from '../../shared/domain/scope.ts';
import type { Caller } from '../../shared/edge/access.ts';
import { saveFeed } from './guard-snapshot.ts';
import type { ErpExchangeParts } from './parts.ts';
import { readMorningCheck } from './read-morning-check.ts';

type Call = { scope: Scope; companyId: string; caller: Caller; now: Instant };

export const releaseCheck = async (
  parts: Pick<ErpExchangeParts, 'feeds' | 'settings' | 'postings'>,
  { scope, companyId, caller, now }: Call,
  reason: string,
): Promise<Outcome<{ released: string[] }, ProblemCode>> => {
  const answer = await readMorningCheck(parts, scope, companyId);
  if (!answer.ok) return answer;
  const red = answer.value.checks.filter(({ colour, released }) => colour === 'red' && released === null);
  if (red.length === 0) return refuse('morning-check-not-red', `It is ${answer.value.colour}.`);
  const { scopes } = await parts.feeds.company(scope, companyId);
  const released = { by: caller.id ?? '', at: textOfInstant(now), reason };
  for (const { scope: name, asOf } of red) {
    const loaded = await parts.feeds.load(scope, companyId, { name, scope: scopes[name] ?? {} });
    const { check } = loaded.feed;
    if (check?.asOf !== asOf) continue; // a newer check took its place: it is judged by itself
    const kept = { ...check, released };
    await parts.feeds.keepCheck(scope, companyId, name, kept);
    await saveFeed(parts, { scope }, { ...loaded, feed: { ...loaded.feed, check: kept } });
  }
  return done({ released: red.map(({ scope: name }) => name) });
};

export const noteControl = async (
  { feeds }: Pick<ErpExchangeParts, 'feeds'>,
  { scope, companyId, caller, now }: Call,
  { on, balances }: ControlBody,
): Promise<Outcome<{ on: string }, ProblemCode>> => {
  if (!isInScope(scope, companyId)) return refuse('not-found', 'There is no such company.');
  const amounts = Object.entries(balances).map(
    ([currency, balance]) => [currency, amountOf(balance)] as const,
  );
  const control = {
    on: dayFromText(on),
    balances: Object.fromEntries(amounts),
    by: caller.id ?? '',
    at: textOfInstant(now),
  };
  await feeds.changeCompany(scope, companyId, (before) => ({ ...before, control }));
  return done({ on });
};
