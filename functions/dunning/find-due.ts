/**
 * Finds the accounts that are to be looked at, company by company and page by page.
 * From: a tick every five minutes, then its own messages, which are the cursor: a page that died begins again where it
 * was. Next: queue `account-evaluations`. A missed tick is made up for by the next; a doubled one finds ids it sent.
 */
import type { EvaluationMessage, FindAccounts } from '../../shared/contracts/dunning-messages.ts';
import type { dayAt } from '../../shared/domain/calendar.ts';
import { addDays, instantFromText, textOfInstant } from '../../shared/domain/calendar.ts';
import { businessDayFrom, businessDaysBetween } from '../../shared/domain/business-days.ts';
import { escapeId } from '../../shared/domain/document-ids.ts';
import { statementDayOf } from '../../shared/domain/policy-tracks.ts';
import type { OutgoingMessage } from '../../shared/ports/message-sender.ts';
import type { CompanyFrame } from '../../shared/edge/read-dunning-frame.ts';
import { evaluations, ticks, type DunningParts, type JobCall } from './parts.ts';

const pageSize = 200;
const listed = 'company:';

/** Whether accounts are looked at now: on a business day, once the morning's files had their time. */
export const isLookTime = (frame: Pick<CompanyFrame, 'reviewMs' | 'today' | 'now'>): boolean =>
  frame.now.epochMilliseconds >= frame.reviewMs(frame.today);

/** A first page for each company that looks at accounts now; on its day of the month, statements too. */
export const beginFinding = async (
  parts: DunningParts,
  slot: string,
  { scope, now }: JobCall,
): Promise<number> => {
  const companies = await parts.settings.list(scope, 'deployment', listed);
  let found = 0;
  for (const { name } of companies) {
    const companyId = name.slice(listed.length);
    const frame = await parts.frameOf(companyId, now);
    if (frame === undefined || !isLookTime(frame)) continue;
    const finds = isStatementTime(frame, slot) ? (['due', 'statement'] as const) : (['due'] as const);
    const messages = finds.map((find) => findMessage({ v: 1, companyId, find, slot }, parts));
    await parts.sender.send(ticks, messages);
    found += 1;
  }
  return found;
};

const minuteMs = 60_000;
/** Business days after it on which a day of statements that nobody worked is made up for. */
const caughtUpDays = 4;

/**
 * In the first hour of looking on the third business day of the month; and with the first look of the days after it, so
 * that a whole day without a beat is made up for: who has theirs gets none again.
 */
const isStatementTime = ({ today, calendar, reviewMs }: CompanyFrame, slot: string): boolean => {
  const day = statementDayOf(today, calendar);
  const since = instantFromText(slot).epochMilliseconds - reviewMs(today);
  if (today < day || since < 0 || businessDayFrom(today, calendar) !== today) return false;
  if (today === day) return since < 60 * minuteMs;
  return since < 5 * minuteMs && businessDaysBetween(day, today, calendar) <= caughtUpDays;
};

const findMessage = (find: FindAccounts, { hashText }: Pick<DunningParts, 'hashText'>): OutgoingMessage => ({
  id: `find:${hashText(JSON.stringify([find.companyId, find.find, find.slot, find.after ?? ''])).slice(0, 40)}`,
  body: find,
});

/** One page; how many accounts it sent to be looked at. */
export const findAccounts = async (
  parts: DunningParts,
  find: FindAccounts,
  { scope, now }: JobCall,
): Promise<number> => {
  const { companyId, slot, after } = find;
  const mark = after === undefined ? {} : { after };
  const page =
    find.find === 'due'
      ? await parts.accounts.due(scope, companyId, { until: textOfInstant(now), limit: pageSize, ...mark })
      : await openAccounts(parts, find, { scope, now });
  const because = find.find;
  const messages = page.accounts.map(({ accountId, version }): OutgoingMessage => {
    const body: EvaluationMessage = { v: 1, companyId, accountId, because };
    return { id: evaluationId(body, version, slot, parts), body };
  });
  if (messages.length > 0) await parts.sender.send(evaluations, messages);
  if (page.after !== undefined)
    await parts.sender.send(ticks, [findMessage({ ...find, after: page.after }, parts)]);
  return messages.length;
};

const openAccounts = async (
  { accounts }: DunningParts,
  { companyId, after }: FindAccounts,
  { scope }: JobCall,
): Promise<{ accounts: { accountId: string; version: number }[]; after?: string }> => {
  const mark = after === undefined ? {} : { after };
  const page = await accounts.heads(scope, companyId, { limit: pageSize, ...mark });
  return { ...page, accounts: page.heads.filter(({ openCount }) => openCount > 0) };
};

/** `evaluate:<company>:<account>:<version>:<slot or event>`, hashed where it is too long for the bus. */
export const evaluationId = (
  { companyId, accountId, because }: EvaluationMessage,
  version: number,
  occasion: string,
  { hashText }: Pick<DunningParts, 'hashText'>,
): string => {
  const id = `evaluate:${escapeId(companyId)}:${escapeId(accountId)}:${version}:${because}:${occasion}`;
  return id.length <= 120 ? id : `evaluate:${hashText(id)}`;
};

/** The month a statement of a day is about: the one before. */
export const statementMonthOf = (today: ReturnType<typeof dayAt>): string =>
  addDays(`${today.slice(0, 7)}-01` as typeof today, -1).slice(0, 7);
