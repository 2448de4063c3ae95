/**
 * Takes back a call logged by mistake, within minutes and while nothing of it has gone out.
 * From: `POST api/accounts/{company}/{account}/calls/{call}/undo`. Next: an entry of the account; again changes nothing.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import { dayAt } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { undoCall } from '../../shared/domain/undo-call.ts';
import { callPaperOf, type CallPaper, type CallParts, type LogCall } from './log-call.ts';
import { readOpen } from './read-account.ts';

const mostTries = 8;

export const takeBackCall = async (
  parts: CallParts,
  key: AccountKey,
  callId: string,
  { scope, now, by, requestId }: Omit<LogCall, 'authority'>,
): Promise<Outcome<{ call: string; version: number }, ProblemCode>> => {
  const absent = refuse('not-found', 'There is no such call.');
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const loaded = await readOpen(parts.accounts, scope, key);
    const frame = loaded === undefined ? undefined : await parts.rowsOf(key.companyId, now);
    const paper = loaded && (await parts.accounts.paper(scope, key, callPaperOf(callId)));
    if (loaded === undefined || frame === undefined || paper === undefined) return absent;
    const { call, on: madeOn, undoneAt, settled } = paper as CallPaper;
    const { version } = loaded.account.head;
    if (undoneAt !== undefined) return done({ call: callId, version });
    if (call.by !== by) return absent;
    const on = dayAt(now, frame.company.zone);
    const facts = undoCall(loaded.account, call, { now, on, madeOn, settled });
    if (!facts.ok) return facts;
    const change = {
      ...{ at: now, actor: { kind: 'staff', id: by } as const, cause: { kind: 'request', id: requestId } },
      facts: facts.value,
    };
    const content = { ...paper, undoneAt: now.toString() };
    const papers = [{ id: callPaperOf(callId), content }];
    const appended = await parts.accounts.append(scope, loaded, change, undefined, papers);
    if (appended.outcome === 'appended') return done({ call: callId, version: appended.entry.version });
  }
  throw new Error(`account ${key.accountId} changed under each of ${mostTries} tries`);
};
