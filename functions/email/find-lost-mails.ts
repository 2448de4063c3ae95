/**
 * Finds again the mails that went out after the moment a database was set back to (D17), before any other leaves: wakes
 * what was under way then, asks the mail service about each hand-over the book does not know, and writes down those it
 * took as what they were.
 * From: queue `messages-to-send`, step by step, begun by `restore-mails.ts`. Next: entries, papers, what came of it in
 * container `documents`. Each step again is nothing; one without an answer comes again after a minute.
 */
import type { HandedOver, LookedFor, RestoreStep } from '../../shared/contracts/mail-restore.ts';
import { lookedForName, restorePlace, restoreSettingFrom } from '../../shared/contracts/mail-restore.ts';
import { addDays, dayAt, instantFromText, textOfInstant } from '../../shared/domain/calendar.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { adoptLost, isKnown } from './adopt-lost.ts';
import { handOversSince, readHandOver } from './hand-over-files.ts';
import { placeText, sessionOf, type MailCall, type MailParts } from './parts.ts';

const accountsAtOnce = 100;
/** The mail service answers 60 questions a minute, 200 an hour. */
const mailsAtOnce = 10;
const askAgainSeconds = 60;
/** Clocks of workers differ. */
const marginMinutes = 10;

type Answer = Promise<Outcome<string, ProblemCode>>;

export const findLostMails = async (parts: MailParts, step: RestoreStep, call: MailCall): Answer => {
  const place = { scope: `company:${step.companyId}`, name: restorePlace };
  const kept = await parts.settings.read(call.scope, place);
  const setting = restoreSettingFrom(kept?.value);
  if (setting?.state !== 'looking' || setting.restoredTo !== step.restoredTo) return done('not-looking');
  return step.phase === 'wake' ? wake(parts, step, call) : find(parts, step, call);
};

/** The bus is not of the moment the database is: what was claimed or planned then may have no message any more. */
const wake = async (parts: MailParts, step: RestoreStep, call: MailCall): Answer => {
  const { companyId, restoredTo } = step;
  const page = { limit: accountsAtOnce, ...(step.after === undefined ? {} : { after: step.after }) };
  const { heads, after } = await parts.accounts.heads(call.scope, companyId, page);
  const waiting = heads.flatMap(({ accountId, dunning: { message, notices = [] } }) =>
    [...(message === undefined ? [] : [message]), ...notices].map(({ id: messageId }) => {
      const place = { companyId, accountId };
      const id = parts.hashText(`${placeText(place)}:${messageId}:restored:${restoredTo}`);
      const body = { v: 1, ...place, messageId };
      return { id, sessionId: sessionOf(place, parts.hashText), body };
    }),
  );
  if (waiting.length > 0) await parts.sender.send('messages-to-send', waiting);
  if (after !== undefined) return goOn(parts, { ...step, after });
  const { after: _last, ...rest } = step;
  return goOn(parts, { ...rest, phase: 'find' }, call.now.add({ seconds: askAgainSeconds }));
};

const find = async (parts: MailParts, step: RestoreStep, call: MailCall): Answer => {
  const { companyId, restoredTo } = step;
  const since = textOfInstant(instantFromText(restoredTo).add({ minutes: -marginMinutes }));
  const until = addDays(dayAt(call.now, 'UTC'), 1);
  const names = await handOversSince(parts, call, companyId, { since, until, after: step.after });
  let reached = step;
  for (const name of names.slice(0, mailsAtOnce)) {
    const became = await settleOne(parts, call, companyId, await readHandOver(parts, call, companyId, name));
    if (became === 'later') return goOn(parts, reached, call.now.add({ seconds: askAgainSeconds }));
    reached = counted(reached, name, became);
  }
  return names.length > mailsAtOnce ? goOn(parts, reached) : end(parts, reached, call);
};

type Became = 'known' | 'never-taken' | 'found' | 'later';

const settleOne = async (
  parts: MailParts,
  call: MailCall,
  companyId: string,
  lost: HandedOver,
): Promise<Became> => {
  if (await isKnown(parts, call, companyId, lost)) return 'known';
  const { is } = await parts.mailer.status(lost.operationId);
  if (is === 'unknown') return 'later';
  if (is !== 'accepted') return 'never-taken';
  return (await adoptLost(parts, call, companyId, lost)) ? 'found' : 'later';
};

const counted = (step: RestoreStep, after: string, became: Became): RestoreStep => ({
  ...{ ...step, after },
  looked: step.looked + 1,
  found: step.found + (became === 'never-taken' ? 0 : 1),
});

const goOn = async ({ sender, hashText }: MailParts, step: RestoreStep, dueAt?: MailCall['now']): Answer => {
  const again = dueAt === undefined ? '' : textOfInstant(dueAt);
  const id = hashText(`restore:${JSON.stringify(step)}:${again}`);
  const sessionId = hashText(`restore:${step.companyId}`);
  await sender.send('messages-to-send', [
    { id, sessionId, body: step, ...(dueAt === undefined ? {} : { dueAt }) },
  ]);
  return done('goes-on');
};

const end = async (
  { documents }: MailParts,
  { companyId, restoredTo, looked, found }: RestoreStep,
  { scope, now }: MailCall,
): Answer => {
  const lookedFor: LookedFor = { looked, found, at: textOfInstant(now) };
  await documents.write(scope, { companyId, name: lookedForName(restoredTo) }, JSON.stringify(lookedFor));
  return done('done');
};
