/**
 * Addresses of a company that take no mail, and lifting one once somebody has looked into it.
 * From: staff. Next: people; the next look at the account may write there again.
 */
import type { BarredAnswer } from '../../shared/contracts/mail-desk.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { afterLift } from '../../shared/domain/person.ts';
import { isInScope, type Scope } from '../../shared/domain/scope.ts';
import { mostTries, type MailParts } from './parts.ts';

type Page = { limit: number; after?: string | undefined };

export const listBarred = async (
  { people }: MailParts,
  companyId: string,
  { limit, after }: Page,
  scope: Scope,
): Promise<Outcome<BarredAnswer, 'not-found'>> => {
  if (!isInScope(scope, companyId)) return refuse('not-found', 'There is no such company.');
  const page = await people.barred(scope, companyId, { limit, ...(after === undefined ? {} : { after }) });
  const addresses = page.addresses.map(({ emailHash: address, accountId: account, reason, since }) => ({
    ...{ address, account, reason, since },
  }));
  return done({ addresses, next: page.after ?? null });
};

/** Only what stands on the company's own list: another company's word about an address is not its to undo. */
export const liftBarred = async (
  { people }: MailParts,
  { companyId, emailHash }: { companyId: string; emailHash: string },
  { scope, now }: { scope: Scope; now: Instant },
): Promise<Outcome<{ address: string; lifted: true }, ProblemCode>> => {
  const absent = refuse('not-found', 'There is no such address on the list.');
  if (!isInScope(scope, companyId)) return absent;
  const { addresses } = await people.barred(scope, companyId, { limit: 1, after: before(emailHash) });
  if (addresses[0]?.emailHash !== emailHash) return absent;
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const known = await people.read(scope, emailHash);
    const state = afterLift(known.state, textOfInstant(now));
    if ((await people.save(scope, { ...known, state })) !== 'saved') continue;
    await people.unbar(scope, companyId, emailHash);
    return done({ address: emailHash, lifted: true });
  }
  return refuse('busy', 'The address is being changed by others.');
};

/** The greatest text below a hash, as the list is read behind it. */
const before = (hash: string): string => {
  const last = hash.charCodeAt(hash.length - 1);
  return `${hash.slice(0, -1)}${String.fromCharCode(last - 1)}~`;
};
