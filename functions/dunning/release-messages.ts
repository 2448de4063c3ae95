/**
 * Lets planned messages go in a batch, as drafts looked at or by a duty; each is the one the person saw, or is refused.
 * And settles one of which nobody knows whether it went out (D2).
 * From: staff. Next: `messageReleased`, which the relay passes on; the gate judges again before anything leaves.
 */
import type { ReleaseAnswer, ReleaseBody } from '../../shared/contracts/dunning.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { Principal } from '../../shared/contracts/access.ts';
import type { Account } from '../../shared/domain/account.ts';
import type { PlannedMessage } from '../../shared/domain/dunning-facts.ts';
import {
  carryOn,
  itemsToCarry,
  noteSent,
  releaseMessage,
  withholdMessage,
} from '../../shared/domain/message-life.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Duty, Policy } from '../../shared/domain/policy.ts';
import { changeByStaff, type Decided, type StaffCall, type Versioned } from './change-by-staff.ts';
import { papersOf } from './papers-of-facts.ts';
import type { DunningParts } from './parts.ts';
import { plannedIn } from './read-planned.ts';

const dutiesOf: Partial<Record<Principal, readonly ('draft' | Duty)[]>> = {
  EXE: ['draft', 'cfo'],
  CRM: ['draft', 'creditManager', 'collector', 'anyCollector', 'arClerk'],
  COL: ['draft', 'collector', 'anyCollector'],
};

const may = ({ caller }: StaffCall, as: 'draft' | Duty): boolean =>
  caller.principals.some((principal) => dutiesOf[principal]?.includes(as) === true);

export const releaseMessages = async (
  parts: DunningParts,
  companyId: string,
  { as, messages }: ReleaseBody,
  call: StaffCall,
): Promise<Outcome<ReleaseAnswer, ProblemCode>> => {
  if (!may(call, as)) return refuse('not-to-release', `It needs the duty ${as}.`);
  const results: ReleaseAnswer['results'] = [];
  for (const { account, messageId, ...seen } of messages) {
    const key = { companyId, accountId: account };
    // the same request lets several go, each of them once
    const each = { ...call, requestId: `${call.requestId}:${messageId}` };
    const outcome = await changeByStaff(parts, each, key, [], (now, { on, frame }) =>
      release(now, { messageId, ...seen, as, by: call.caller.id ?? '', on }, frame.set.policies),
    );
    const is = outcome.ok ? 'released' : outcome.code;
    results.push({ account, messageId, is, detail: outcome.ok ? null : outcome.detail });
  }
  return done({ results });
};

type Wanted = Parameters<typeof releaseMessage>[1] & { digest: string };

/** Who may name what happens next, where no policy asks for somebody else. */
const mayApprove: readonly (Duty | 'draft')[] = ['creditManager', 'cfo'];

const release = (
  account: Account,
  { digest, ...wanted }: Wanted,
  policies: readonly Policy[],
): Outcome<Decided, ProblemCode> => {
  const { message } = account.head.dunning;
  if (wanted.measure !== undefined && message !== undefined) {
    const threatsNeed = policies.find(({ id }) => id === message.policyId)?.threatsNeed;
    const isTheirs = threatsNeed === undefined ? mayApprove.includes(wanted.as) : wanted.as === threatsNeed;
    if (!isTheirs || message.tone !== 'final')
      return refuse(
        'not-to-release',
        `${wanted.measure} is not to be named by ${wanted.as} in this message.`,
      );
  }
  if (message?.id === wanted.messageId && message.digest !== digest)
    return refuse('message-differs', `${wanted.messageId} asks for something else by now.`);
  const decided = releaseMessage(account, wanted);
  return decided.ok ? done({ facts: decided.value }) : decided;
};

/** Sent: its stages count; not sent: it is withheld and the account is looked at again. Never sent again blindly. */
export const resolveDoubt = async (
  parts: DunningParts,
  key: { companyId: string; accountId: string },
  messageId: string,
  was: 'sent' | 'not-sent',
  call: StaffCall,
): Promise<Outcome<Versioned, ProblemCode>> => {
  const { account, mark } = await parts.accounts.load(call.scope, key);
  if (mark === undefined) return refuse('not-found', 'There is no such account.');
  const notice = account.head.dunning.notices?.find(({ id }) => id === messageId);
  if (notice !== undefined) return resolveNotice(parts, key, messageId, was, call);
  if (account.head.dunning.message?.id !== messageId)
    return refuse('not-in-doubt', `${messageId} is not under way.`);
  const planned = await plannedIn(parts, call.scope, account, messageId);
  if (planned === undefined) throw new Error(`${messageId} waits in the head and is not in the journal`);
  const ids = itemsToCarry(account, planned);
  const first = await changeByStaff(parts, call, key, ids, (seen, { on, frame }) => {
    if (seen.head.dunning.message?.state !== 'inDoubt')
      return refuse('not-in-doubt', `It is known what became of ${messageId}.`);
    const decided =
      was === 'sent'
        ? noteSent(seen, planned, on, frame.calendar)
        : withholdMessage(seen, { messageId, reasons: ['in-doubt'], on });
    return decided.ok ? done({ facts: decided.value, papers: papersOf(decided.value) }) : decided;
  });
  return first.ok && was === 'sent' ? carryRest(parts, key, planned, call, first) : first;
};

/** A message of more items than one entry can move goes on until all are. */
const carryRest = async (
  parts: DunningParts,
  key: { companyId: string; accountId: string },
  planned: PlannedMessage,
  call: StaffCall,
  first: Outcome<Versioned, ProblemCode>,
): Promise<Outcome<Versioned, ProblemCode>> => {
  let last = first;
  for (;;) {
    const { account } = await parts.accounts.load(call.scope, key);
    const { message } = account.head.dunning;
    if (!last.ok || message?.id !== planned.id || message.state !== 'carrying') return last;
    const step = { ...call, requestId: `${call.requestId}:${message.leftToCarry}` };
    last = await changeByStaff(parts, step, key, itemsToCarry(account, planned), (seen, { on }) => {
      const decided = carryOn(seen, planned, on);
      return decided.ok ? done({ facts: decided.value }) : decided;
    });
  }
};

const resolveNotice = (
  parts: DunningParts,
  key: { companyId: string; accountId: string },
  messageId: string,
  was: 'sent' | 'not-sent',
  call: StaffCall,
): Promise<Outcome<Versioned, ProblemCode>> =>
  changeByStaff(parts, call, key, [], ({ head }, { on }) => {
    const notice = head.dunning.notices?.find(({ id }) => id === messageId);
    if (notice?.state !== 'inDoubt')
      return refuse('not-in-doubt', `It is known what became of ${messageId}.`);
    const facts =
      was === 'sent'
        ? ([{ kind: 'noticeSent', messageId, on }] as const)
        : ([{ kind: 'noticeWithheld', messageId, reasons: ['in-doubt'], on }] as const);
    return done({ facts });
  });
