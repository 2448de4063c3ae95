/**
 * Which customers other rules would move to another policy, with what they owe (R131 to R137): new bounds, an industry, a
 * segment are tried on the accounts as they are, before anybody approves them. Writes nothing.
 * From: `GET api/companies/{company}/dunning/policy-moves`, a page of accounts a call. Next: a credit manager who decides.
 */
import type { MovesAnswer, MovesQuery } from '../../shared/contracts/dunning.ts';
import type { PolicySet } from '../../shared/contracts/dunning-settings.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import type { Instant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { choosePolicyOf } from '../../shared/domain/policy-in-force.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import type { CompanyFrame } from '../../shared/edge/read-dunning-frame.ts';
import type { DunningParts } from './parts.ts';
import { openOf, readHabit, readMasterData, readWhole } from './read-account.ts';
import { policySetOf } from './replay-policies.ts';

const accountsAPage = 50;

export const listMoves = async (
  parts: DunningParts,
  companyId: string,
  { against, after }: MovesQuery,
  { scope, now }: { scope: Scope; now: Instant },
): Promise<Outcome<MovesAnswer, ProblemCode>> => {
  const company = await readCompany(parts.settings, scope, companyId);
  const frame = company.ok ? await parts.frameOf(companyId, now) : undefined;
  if (frame === undefined) return refuse('not-found', 'There is no such company.');
  const other = await policySetOf(parts, scope, companyId, against, frame.set);
  if (other === undefined) return refuse('policy-not-there', `There are no policies ${against}.`);
  const page = { limit: accountsAPage, ...(after === undefined ? {} : { after }) };
  const { heads, after: next } = await parts.accounts.heads(scope, companyId, page);
  const moves: MovesAnswer['moves'] = [];
  for (const { accountId } of heads.toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1))) {
    const move = await moveOf(parts, scope, { companyId, accountId }, frame, other);
    if (move !== undefined) moves.push(move);
  }
  return done({ looked: heads.length, moves, ...(next === undefined ? {} : { after: next }) });
};

/** Undefined where it stays: the same policy, whichever rule says so. */
const moveOf = async (
  parts: DunningParts,
  scope: Scope,
  key: AccountKey,
  frame: CompanyFrame,
  other: PolicySet,
): Promise<MovesAnswer['moves'][number] | undefined> => {
  const loaded = await readWhole(parts, scope, key);
  if (loaded === undefined) return undefined;
  const { account } = loaded;
  const masterData = await readMasterData(parts, scope, account);
  const habit = await readHabit(parts, scope, account, frame);
  const chosenBy = ({ policies, choice }: PolicySet) => {
    const { policy, rule } = choosePolicyOf(account.head, masterData, openOf(loaded), {
      ...{ today: frame.today, policies, choice },
      ...(habit === undefined ? {} : { habit }),
      ...(frame.goLiveOn === undefined ? {} : { goLiveOn: frame.goLiveOn }),
    });
    return { policy: policy.id, rule };
  };
  const [from, to] = [chosenBy(frame.set), chosenBy(other)];
  if (from.policy === to.policy) return undefined;
  const owed = Object.entries(account.head.balances).filter(([, { open }]) => open !== 0);
  return {
    account: key.accountId,
    from,
    to,
    open: Object.fromEntries(owed.map(([currency, { open }]) => [currency, open])),
  };
};
