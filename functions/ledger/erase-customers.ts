/**
 * Erases what customers of other sources said while they wait for an account: names, addresses, tax ids.
 * From: the nightly check, for those nobody needs any more; whoever carries out the erasure of a person. Next: the
 * record without personal data, found under no key. What came to an account is part of its master data, and goes there.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import type { CustomerMatch } from '../../shared/domain/customer-match.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { takeFromKeys, type KeyCall } from './customer-keys.ts';
import { keysOfMatch } from './match-customers.ts';

type Parts = KeyCall['parts'];
type Call = { scope: Scope; now: Instant };

/** Hours a customer waits for an account after its source last named it anew, and one who is none is kept. */
const longestHours = { waiting: 365 * 24, separate: 90 * 24 } as const;
const lookedAtPerNight = 200;

/** What is left of it: whose number it was, and what was decided. */
const erased = ({ note: _words, accountId: _proposed, ...match }: CustomerMatch): CustomerMatch => ({
  ...match,
  row: { row: 0, accountId: match.externalId, name: '', isClosed: false },
  why: 'erased',
});

/**
 * By a person's right: its source may say it again, it is not written down again. One that has an account is taken
 * back first, or erased with it.
 */
export const eraseCustomer = async (
  parts: Parts,
  { scope, now }: Call,
  { companyId, matchId }: { companyId: string; matchId: string },
): Promise<Outcome<CustomerMatch, ProblemCode>> => {
  const loaded = await parts.customers.load(scope, companyId, matchId);
  if (loaded?.record.kind !== 'match') return refuse('not-found', 'There is no such match.');
  const { record } = loaded;
  if (record.state === 'linked')
    return refuse('customer-match-decided', `It is account ${record.accountId ?? ''}.`);
  return erase(parts, scope, { record, mark: loaded.mark }, 'separate', now);
};

/** Keys first: of a record that is erased nobody knows them any more. */
const erase = async (
  parts: Parts,
  scope: Scope,
  { record, mark }: { record: CustomerMatch; mark: string | undefined },
  state: 'separate' | 'forgotten',
  now: Instant,
): Promise<Outcome<CustomerMatch, ProblemCode>> => {
  const call = { parts, scope, company: { companyId: record.companyId } } as KeyCall;
  await takeFromKeys(keysOfMatch(record, parts.hashText), 'match', record.id, call);
  const after: CustomerMatch = { ...erased(record), state, at: textOfInstant(now) };
  return (await parts.customers.save(scope, { record: after, mark })) === 'saved'
    ? done(after)
    : refuse('customer-match-decided', 'Somebody else decided it at the same time.');
};

/**
 * A bounded look a night, on from where the last one ended, over those who wait and those who are nobody's.
 * @returns where the next night goes on; undefined: at the beginning.
 */
export const forgetCustomers = async (
  companyId: string,
  place: string | undefined,
  { scope, now }: Call,
  parts: Parts,
): Promise<string | undefined> => {
  const [name = 'waiting', ...rest] = (place ?? 'waiting').split(' ');
  const state = name === 'separate' ? 'separate' : 'waiting';
  const after = rest.join(' ');
  const page = await parts.customers.list(scope, companyId, state, {
    limit: lookedAtPerNight,
    ...(after === '' ? {} : { after }),
  });
  for (const one of page.records) {
    if (one.kind !== 'match' || one.why === 'erased') continue;
    const since = state === 'separate' ? (one.at ?? one.asOf) : one.asOf;
    const oldest = textOfInstant(now.subtract({ hours: longestHours[state] }));
    const loaded = since < oldest ? await parts.customers.load(scope, companyId, one.id) : undefined;
    // decided about since it was listed: it is no longer old
    if (loaded?.record.kind !== 'match' || loaded.record.state !== state) continue;
    await erase(
      parts,
      scope,
      { record: loaded.record, mark: loaded.mark },
      state === 'separate' ? 'separate' : 'forgotten',
      now,
    );
  }
  if (page.after !== undefined) return `${state} ${page.after}`;
  return state === 'waiting' ? 'separate' : undefined;
};
