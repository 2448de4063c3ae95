/**
 * What IT says of a database that was set back: first that it was, and nothing leaves; then that the book is complete
 * again, and mails that went out since are looked for (D17).
 * From: IT, by `docs/how-to/restore-from-backup.md`. Next: place `mail-restore`, read before every mail;
 * `find-lost-mails.ts` step by step.
 */
import {
  restorePlace,
  restoreSettingFrom,
  type RestoreAnswer,
  type RestoreBody,
  type RestoreSetting,
  type RestoreStep,
} from '../../shared/contracts/mail-restore.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { isInScope, type Scope } from '../../shared/domain/scope.ts';
import type { SettingVersion } from '../../shared/ports/settings-store.ts';
import type { SettingCall } from './keep-settings.ts';
import type { MailParts } from './parts.ts';

type Parts = Pick<MailParts, 'settings' | 'sender' | 'hashText'>;
type Answer = Promise<Outcome<RestoreAnswer, ProblemCode>>;

const absent = refuse('not-found', 'There is no such company, or its book was never set back.');
const placeOf = (companyId: string) => ({ scope: `company:${companyId}`, name: restorePlace });

const answerOf = ({ value, ...change }: SettingVersion): RestoreAnswer => ({
  ...restoreSettingFrom(value)!,
  ...change,
});

export const readRestore = async (
  { settings }: Pick<Parts, 'settings'>,
  companyId: string,
  scope: Scope,
): Promise<Outcome<RestoreAnswer, 'not-found'>> => {
  const kept = isInScope(scope, companyId) ? await settings.read(scope, placeOf(companyId)) : undefined;
  return kept === undefined ? absent : done(answerOf(kept));
};

/** Said again while it is looked for, it begins once more; of what is over nothing begins again. */
export const saveRestore = async (
  parts: Parts,
  companyId: string,
  { restoredTo, isBookComplete, reason, after }: RestoreBody,
  { scope, now, callerId: by }: SettingCall,
): Answer => {
  if (!isInScope(scope, companyId)) return absent;
  const kept = await parts.settings.read(scope, placeOf(companyId));
  const before = restoreSettingFrom(kept?.value);
  const isSame = before?.restoredTo === restoredTo;
  if (isSame && before.state === 'done') return done(answerOf(kept!));
  const state = isBookComplete ? 'looking' : 'waiting';
  if (isSame && before.state === state) return begun(parts, companyId, kept!, now.toString());
  const value: RestoreSetting = { restoredTo, state, looked: 0, found: 0 };
  const change = { value, by, at: textOfInstant(now), reason };
  if ((await parts.settings.save(scope, placeOf(companyId), after, change)) !== 'saved')
    return refuse('setting-changed', 'Somebody else changed it at the same time.');
  return begun(parts, companyId, { version: after + 1, ...change }, '');
};

/** @param again tells a second beginning from the first. */
const begun = async (
  { sender, hashText }: Parts,
  companyId: string,
  kept: SettingVersion,
  again: string,
): Answer => {
  const answer = answerOf(kept);
  if (answer.state !== 'looking') return done(answer);
  const { restoredTo } = answer;
  const body: RestoreStep = { v: 1, companyId, restoredTo, phase: 'wake', looked: 0, found: 0 };
  const id = hashText(`restore:${companyId}:${kept.version}:${again}`);
  await sender.send('messages-to-send', [{ id, sessionId: hashText(`restore:${companyId}`), body }]);
  return done(answer);
};
