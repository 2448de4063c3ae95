/**
 * What IT says of a database that was set back (D17): that it was, and nothing leaves; that the book is complete again, and
 * mails that went out since are looked for; and, once all are found, that mail goes out again.
 * From: IT, by `docs/how-to/restore-from-backup.md`. Next: place `mail-restore`, read before every mail;
 * `find-lost-mails.ts` step by step.
 */
import {
  lookedForFrom,
  lookedForName,
  restorePlace,
  restoreSettingFrom,
  type LookedFor,
  type RestoreAnswer,
  type RestoreBody,
  type RestoreSetting,
  type RestoreStep,
} from '../../shared/contracts/mail-restore.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { bookTellsUpTo } from '../../shared/domain/book-complete.ts';
import { textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { isBefore } from '../../shared/domain/reconcile-frame.ts';
import { isInScope, type Scope } from '../../shared/domain/scope.ts';
import type { SettingVersion } from '../../shared/ports/settings-store.ts';
import type { SettingCall } from './keep-settings.ts';
import type { MailParts } from './parts.ts';

type Parts = Pick<MailParts, 'documents' | 'settings' | 'sender' | 'hashText' | 'frameOf'>;
type Answer = Promise<Outcome<RestoreAnswer, ProblemCode>>;

const absent = refuse('not-found', 'There is no such company, or its book was never set back.');
const placeOf = (companyId: string) => ({ scope: `company:${companyId}`, name: restorePlace });

type Documents = Pick<Parts, 'documents'>;

const lookedForIn = async (
  { documents }: Documents,
  companyId: string,
  { restoredTo }: Pick<RestoreSetting, 'restoredTo'>,
  scope: Scope,
): Promise<LookedFor | null> => {
  const bytes = await documents.read(scope, { companyId, name: lookedForName(restoredTo) });
  return bytes === undefined ? null : lookedForFrom(bytes);
};

const answerOf = async (
  parts: Documents,
  companyId: string,
  { value, ...change }: SettingVersion,
  scope: Scope,
): Promise<RestoreAnswer> => {
  const setting = restoreSettingFrom(value)!;
  const isBegun = setting.state !== 'waiting';
  const lookedFor = isBegun ? await lookedForIn(parts, companyId, setting, scope) : null;
  return { ...setting, ...change, lookedFor };
};

export const readRestore = async (
  parts: Pick<Parts, 'settings' | 'documents'>,
  companyId: string,
  scope: Scope,
): Promise<Outcome<RestoreAnswer, 'not-found'>> => {
  const kept = isInScope(scope, companyId) ? await parts.settings.read(scope, placeOf(companyId)) : undefined;
  return kept === undefined ? absent : done(await answerOf(parts, companyId, kept, scope));
};

/** Said again while it is looked for, it begins once more; of what is over nothing begins again. */
export const saveRestore = async (
  parts: Parts,
  companyId: string,
  { reason, after, ...value }: RestoreBody,
  { scope, now, callerId: by }: SettingCall,
): Answer => {
  if (!isInScope(scope, companyId)) return absent;
  const kept = await parts.settings.read(scope, placeOf(companyId));
  const before = restoreSettingFrom(kept?.value);
  const isSame = before?.restoredTo === value.restoredTo;
  const at = textOfInstant(now);
  if (isSame && (before.state === 'done' || before.state === value.state)) {
    if (before.state === 'looking') await begin(parts, companyId, value, at);
    return done(await answerOf(parts, companyId, kept!, scope));
  }
  if (value.state === 'done' && (await lookedForIn(parts, companyId, value, scope)) === null)
    return refuse('mails-still-looked-for', 'Nothing is known yet of mails that went out since.');
  if (value.state === 'looking' && isSame && !(await isBookTold(parts, companyId, value, kept!.at, now)))
    return refuse('book-not-complete', 'The newest snapshot is of before mail was stopped.');
  const change = { value, by, at, reason };
  if ((await parts.settings.save(scope, placeOf(companyId), after, change)) !== 'saved')
    return refuse('setting-changed', 'Somebody else changed it at the same time.');
  if (value.state === 'looking') await begin(parts, companyId, value, at);
  return done(await answerOf(parts, companyId, { version: after + 1, ...change }, scope));
};

/** What is missing in the book would be mailed again when it comes. @param stoppedAt from then on nothing left. */
const isBookTold = async (
  { frameOf }: Parts,
  companyId: string,
  { restoredTo }: Pick<RestoreSetting, 'restoredTo'>,
  stoppedAt: string,
  now: Instant,
): Promise<boolean> => {
  const { feeds = [] } = (await frameOf(companyId, now)) ?? {};
  const toldUpTo = bookTellsUpTo(feeds, restoredTo);
  return toldUpTo === undefined || !isBefore(toldUpTo, stoppedAt);
};

const begin = async (
  { sender, hashText }: Parts,
  companyId: string,
  { restoredTo }: RestoreSetting,
  at: string,
): Promise<void> => {
  const body: RestoreStep = { v: 1, companyId, restoredTo, phase: 'wake', looked: 0, found: 0 };
  const id = hashText(`restore:${companyId}:${restoredTo}:${at}`);
  await sender.send('messages-to-send', [{ id, sessionId: hashText(`restore:${companyId}`), body }]);
};
