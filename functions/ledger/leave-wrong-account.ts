/**
 * Takes a source of customers off an account that is not its customer.
 * From: `take-back-customer.ts`, and posting that overlapped with it. Next: master data of the account, and what its
 * head says of segment and sellers.
 */
import { matchIdOf, type CustomerMatch } from '../../shared/domain/customer-match.ts';
import { done } from '../../shared/domain/outcome.ts';
import { headWithout, sourceTakenBack } from '../../shared/domain/take-back-source.ts';
import type { CashCall } from './cash-parts.ts';
import { changeMaster, type MasterPlace } from './change-master.ts';
import type { CustomersWork } from './match-customers.ts';
import type { PartCall, PostingParts } from './post-parts.ts';

export const leaveAccount = (
  parts: Pick<PostingParts, 'accounts'>,
  call: CashCall,
  place: MasterPlace,
  { source, externalId }: Pick<CustomerMatch, 'source' | 'externalId'>,
) =>
  changeMaster(parts, call, place, (known, head, on) => {
    const back = sourceTakenBack(known, source, externalId);
    return done({ ...back, facts: headWithout(head, known, back.after, on) });
  });

/**
 * Whoever was posting a customer while it was taken back has just told the account of it again. Looked for after each
 * such posting: whichever came second undoes it.
 */
export const leaveWhereTakenBack = async (
  { accountId, source, match }: CustomersWork,
  call: PartCall,
): Promise<void> => {
  if (match === undefined) return;
  const { parts, scope, now, company } = call;
  const { companyId, zone } = company;
  const id = matchIdOf(source, match.externalId, parts.hashText);
  const kept = (await parts.customers.load(scope, companyId, id))?.record;
  if (kept?.kind !== 'match' || kept.state === 'linked' || !kept.takenFrom?.includes(accountId)) return;
  const actor = { kind: 'job', id: 'post-part' } as const;
  const own = { scope, now, actor, cause: { kind: 'customerMatch', id } };
  const left = await leaveAccount(parts, own, { companyId, accountId, zone }, kept);
  if (!left.ok) throw new Error(`${left.code}: ${left.detail}`);
};
