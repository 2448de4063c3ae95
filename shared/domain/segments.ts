/**
 * Which segment an account is in: a code by which its source groups customers, or a person does.
 * From: master data, where what a person confirmed stays. Next: a fact of the account, when it is news; reports
 * tell accounts apart by it. The head says it, since reports and policies do not read who somebody is.
 */
import type { AccountHead } from './account.ts';
import type { Day } from './calendar.ts';
import type { HeadFact } from './facts.ts';
import type { MasterData } from './master-data.ts';

/** Longer ones are no codes. */
const mostCharacters = 60;

/** On one line, without tabs: it is part of names in reports. */
const codeOf = (segment: string): string =>
  [...segment.trim().replace(/\s+/g, ' ')].slice(0, mostCharacters).join('');

/** Undefined when it is as the head says, or nothing is known of it. */
export const segmentNews = (
  { segment: before = '' }: Pick<AccountHead, 'segment'>,
  { segment }: MasterData,
  on: Day,
): HeadFact | undefined => {
  if (segment === undefined) return undefined;
  const code = codeOf(segment);
  return code === before ? undefined : { kind: 'segmentNamed', segment: code, on };
};
