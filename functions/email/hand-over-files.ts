/**
 * What is kept of each mail outside of the database before it may go out: a database set back to an earlier moment does
 * not know it any more, and the customer has it (D17).
 * From: `claim-message.ts`. Next: `find-lost-mails.ts`; blobs `handed-over/<instant>_<operation>.json` of container `documents`.
 */
import { handedOverFrom, type HandedOver } from '../../shared/contracts/mail-restore.ts';
import { addDays, type Day } from '../../shared/domain/calendar.ts';
import type { MailCall, MailParts } from './parts.ts';

type Files = Pick<MailParts, 'documents'>;
const folder = 'handed-over/';

export const keepHandOver = (
  { documents }: Files,
  { scope }: Pick<MailCall, 'scope'>,
  companyId: string,
  one: HandedOver,
): Promise<void> =>
  documents.write(
    scope,
    { companyId, name: `${folder}${one.paper.claimedAt}_${one.operationId}.json` },
    JSON.stringify(one),
  );

/** Names of those since an instant, oldest first, behind `after`. @param until a day nothing lies behind. */
export const handOversSince = async (
  { documents }: Files,
  { scope }: Pick<MailCall, 'scope'>,
  companyId: string,
  { since, until, after = '' }: { since: string; until: Day; after?: string | undefined },
): Promise<string[]> => {
  const first = `${folder}${since}` > after ? `${folder}${since}` : after;
  const names: string[] = [];
  for (let day = first.slice(folder.length, folder.length + 10) as Day; day <= until; day = addDays(day, 1))
    names.push(...(await documents.list(scope, { companyId, name: folder + day })));
  return names.filter((name) => name >= first && name !== after);
};

/** @throws when it is not there: names come from the list. */
export const readHandOver = async (
  { documents }: Files,
  { scope }: Pick<MailCall, 'scope'>,
  companyId: string,
  name: string,
): Promise<HandedOver> => {
  const bytes = await documents.read(scope, { companyId, name });
  if (bytes === undefined) throw new Error(`${name} is listed and not there`);
  return handedOverFrom(bytes);
};
