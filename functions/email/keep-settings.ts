/**
 * How a company writes, and where it is paid to: the first by whoever configures, the second by two people.
 * From: staff. Next: settings, every version kept; each mail reads what is in force.
 */
import type { MailSettingAnswer, MailSettingBody } from '../../shared/contracts/mail-desk.ts';
import { mailPlaces, mailSettingFrom } from '../../shared/contracts/mail.ts';
import { payeeFrom, type BankDetailsBody } from '../../shared/contracts/payee-details.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { defaultAlertRules } from '../../shared/domain/alert-rules.ts';
import { instantFromText, textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import { senderRefusal } from '../../shared/domain/mail-setting.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import {
  askDetails,
  ourDetailsNow,
  releaseDetails,
  type PayeeRecord,
} from '../../shared/domain/payee-details.ts';
import { isSameJson } from '../../shared/domain/same-json.ts';
import { isInScope, type Scope } from '../../shared/domain/scope.ts';
import type { AlertRecord, AlertStore } from '../../shared/ports/alert-store.ts';
import type { SettingVersion } from '../../shared/ports/settings-store.ts';
import type { MailParts } from './parts.ts';

export type SettingCall = { scope: Scope; now: Instant; callerId: string };
type Parts = Pick<MailParts, 'settings' | 'senderDomains'>;

type BankParts = Parts & { alerts: Pick<AlertStore, 'raise'> };

const placeOf = (companyId: string, name: string) => ({ scope: `company:${companyId}`, name });
const absent = refuse('not-found', 'There is no such company, or it was never set.');

const answerOf = ({ value, ...change }: SettingVersion): MailSettingAnswer => ({
  ...mailSettingFrom(value)!,
  ...change,
});

export const readMailSetting = async (
  { settings }: Parts,
  companyId: string,
  scope: Scope,
): Promise<Outcome<MailSettingAnswer, 'not-found'>> => {
  const kept = isInScope(scope, companyId)
    ? await settings.read(scope, placeOf(companyId, mailPlaces.mail))
    : undefined;
  return kept === undefined ? absent : done(answerOf(kept));
};

/** The same again is the version that is there. A sender the mail service refuses is refused here, with what to do. */
export const saveMailSetting = async (
  { settings, senderDomains = [] }: Parts,
  companyId: string,
  { reason, after, ...value }: MailSettingBody,
  { scope, now, callerId: by }: SettingCall,
): Promise<Outcome<MailSettingAnswer, ProblemCode>> => {
  if (!isInScope(scope, companyId)) return absent;
  const refused = senderRefusal(value, senderDomains);
  if (refused !== undefined) return refuse('sender-not-allowed', refused);
  const place = placeOf(companyId, mailPlaces.mail);
  const kept = await settings.read(scope, place);
  if (kept !== undefined && isSameJson(kept.value, value)) return done(answerOf(kept));
  const change = { value, by, at: textOfInstant(now), reason };
  const saved = await settings.save(scope, place, after, change);
  return saved === 'saved'
    ? done(answerOf({ version: after + 1, ...change }))
    : refuse('setting-changed', 'Somebody else changed it at the same time.');
};

export const readOwnBank = async (
  { settings }: Parts,
  companyId: string,
  { scope, now }: Pick<SettingCall, 'scope' | 'now'>,
): Promise<Outcome<PayeeRecord, 'not-found'>> => {
  if (!isInScope(scope, companyId)) return absent;
  const kept = await settings.read(scope, placeOf(companyId, mailPlaces.bank));
  return done(ourDetailsNow(payeeFrom(kept?.value), now));
};

/** Finance and IT hear of it at once, before it is written. */
export const askOwnBank = (
  parts: BankParts,
  companyId: string,
  { reason, ...details }: BankDetailsBody,
  call: SettingCall,
): Promise<Outcome<PayeeRecord, ProblemCode>> => {
  const said = { reason, askedBy: call.callerId, askedAt: textOfInstant(call.now) };
  return change(parts, companyId, reason, call, (before) => done(askDetails(before, details, said)));
};

/** By somebody else than who asked. */
export const releaseOwnBank = (
  parts: BankParts,
  companyId: string,
  version: number,
  call: SettingCall,
): Promise<Outcome<PayeeRecord, ProblemCode>> => {
  const by = { by: call.callerId, at: textOfInstant(call.now) };
  return change(parts, companyId, `release of ${version}`, call, (before) =>
    releaseDetails(before, version, by),
  );
};

const change = async (
  { settings, alerts }: BankParts,
  companyId: string,
  reason: string,
  { scope, now, callerId }: SettingCall,
  decide: (before: PayeeRecord) => Outcome<PayeeRecord, ProblemCode>,
): Promise<Outcome<PayeeRecord, ProblemCode>> => {
  if (!isInScope(scope, companyId)) return absent;
  const place = placeOf(companyId, mailPlaces.bank);
  const kept = await settings.read(scope, place);
  const before = ourDetailsNow(payeeFrom(kept?.value), now);
  const after = decide(before);
  if (!after.ok || isSameJson(payeeFrom(kept?.value), after.value)) return after;
  const by = { by: callerId, at: textOfInstant(now), reason };
  await alerts.raise(scope, alertOf(companyId, after.value, by.at));
  const saved = await settings.save(scope, place, kept?.version ?? 0, { value: after.value, ...by });
  if (saved !== 'saved') return refuse('setting-changed', 'Somebody else changed them at the same time.');
  return done(ourDetailsNow(after.value, instantFromText(by.at)));
};

/** One for each version asked for, one for its release: whose account it is stays in the protected record. */
const alertOf = (companyId: string, { inForce, next }: PayeeRecord, at: string): AlertRecord => {
  const about = next ?? inForce;
  const breach = about?.releasedAt === undefined ? 'asked' : 'released';
  const rule = defaultAlertRules.find(({ name }) => name === 'bankDetailsChange');
  return {
    ...{ id: `bankDetailsChange:${companyId}:${about?.version}:${breach}`, companyId, breach, at },
    ...{ rule: 'bankDetailsChange', to: rule?.to ?? [] },
  };
};
