/**
 * Two people who type one number in on two accounts at the same instant: whoever asks second is told to look, as rows
 * of imports are held.
 * From: `enter-items.ts`, `decide-entry.ts`. Next: `announce-numbers.ts` while the documents are checked and posted.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { DeltaRow } from '../../shared/domain/feed-rows.ts';
import { idOfRow } from '../../shared/domain/item-of-row.ts';
import { refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { announceDocuments, sayDone, type Announcer } from './announce-numbers.ts';
import type { CashCall } from './cash-parts.ts';
import type { EntryParts } from './enter-items.ts';

/**
 * Checks and posts what is announced; refused with `number-being-posted` while another account is to get one of them.
 * The announcement stays where `post` throws: what it had posted by then is unknown until it is sent again.
 */
export const whileAnnounced = async <Value>(
  { files, hashText }: Pick<EntryParts, 'files' | 'hashText'>,
  { scope, now, cause }: CashCall,
  companyId: string,
  rows: readonly DeltaRow[],
  post: () => Promise<Outcome<Value, ProblemCode>>,
): Promise<Outcome<Value, ProblemCode>> => {
  const owner = `entry-${hashText(`${cause.kind} ${cause.id}`).slice(0, 40)}`;
  const announcer: Announcer = { files, scope, now, companyId, owner, part: 'entry' };
  const documents = rows.map((row) => [idOfRow(row, hashText), row.accountId] as const);
  const heard = await announceDocuments(documents, announcer);
  const taken = rows.find((_row, index) => {
    const [id, accountId] = documents[index]!;
    return (heard.get(id) ?? accountId) !== accountId;
  });
  const outcome =
    taken === undefined
      ? await post()
      : refuse('number-being-posted', `${taken.number} is being posted to another account.`);
  await sayDone(announcer);
  return outcome;
};
