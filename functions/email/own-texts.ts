/**
 * A company's own texts, to customers and for the phone: written by one person within the rules of texts, approved by
 * another, then sent and shown instead of ours (R28).
 * From: staff; `compose-mail.ts` and the call card ask for what is in force. Next: settings, every version kept.
 */
import {
  ownTextFrom,
  ownTextName,
  ownTextPrefix,
  type SaveTextBody,
  type TextAnswer,
  type TextsAnswer,
} from '../../shared/contracts/own-texts.ts';
import { mailPlaces, mailSettingFrom } from '../../shared/contracts/mail.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { scriptCodes, type ScriptCode } from '../../shared/domain/call-outcomes.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import {
  messageLanguages,
  messageTexts,
  type MessageLanguage,
  type MessageText,
} from '../../shared/domain/message-data.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { approveText, draftText, type OwnTextRecord } from '../../shared/domain/own-text.ts';
import { isSameJson } from '../../shared/domain/same-json.ts';
import { isInScope, type Scope } from '../../shared/domain/scope.ts';
import { lintScript, scriptVariables, scriptVersion } from '../../shared/formats/call-script.ts';
import { lintText } from '../../shared/formats/lint-text.ts';
import { textCatalogue } from '../../shared/formats/text-catalogue.ts';
import { ownText } from '../../shared/formats/text-compile.ts';
import { ownSource, scriptSource } from '../../shared/formats/text-labels.ts';
import { variablesOf } from '../../shared/formats/text-variables.ts';
import type { SettingCall } from './keep-settings.ts';
import type { MailParts } from './parts.ts';

type Parts = Pick<MailParts, 'settings'>;
type AnyText = MessageText | ScriptCode;
export type TextPlace = { companyId: string; text: AnyText; language: MessageLanguage };

const isScript = (text: AnyText): text is ScriptCode => scriptCodes.some((code) => code === text);

const absent = refuse('not-found', 'There is no such company.');
const placeOf = ({ companyId, text, language }: TextPlace) => ({
  ...{ scope: `company:${companyId}`, name: ownTextName(text, language) },
});

export const ownTextOf = async (
  { settings }: Parts,
  scope: Scope,
  place: TextPlace,
): Promise<OwnTextRecord> => ownTextFrom((await settings.read(scope, placeOf(place)))?.value);

/** Every text in every language, with whose is sent. */
export const listTexts = async (
  { settings }: Parts,
  companyId: string,
  scope: Scope,
): Promise<Outcome<TextsAnswer, 'not-found'>> => {
  if (!isInScope(scope, companyId)) return absent;
  const kept = await settings.list(scope, `company:${companyId}`, ownTextPrefix);
  const own = new Map(kept.map(({ name, value }) => [name, ownTextFrom(value)]));
  const texts = [...messageTexts, ...scriptCodes].flatMap((text) =>
    messageLanguages.map((language) => lineOf(text, language, own.get(ownTextName(text, language)) ?? {})),
  );
  return done({ texts });
};

const lineOf = (text: AnyText, language: MessageLanguage, { inForce, draft }: OwnTextRecord) => ({
  ...{ text, language, isOwn: inForce !== undefined },
  tone: isScript(text) ? 'spoken' : textCatalogue[text].tone,
  version: inForce?.version ?? versionOfOurs(text, language),
  draft: draft?.version ?? null,
});

const versionOfOurs = (text: AnyText, language: MessageLanguage): number =>
  isScript(text) ? scriptVersion(text, language) : ownText(text, language).version;

export const readText = async (
  parts: Parts,
  place: TextPlace,
  scope: Scope,
): Promise<Outcome<TextAnswer, 'not-found'>> =>
  isInScope(scope, place.companyId) ? done(answerOf(place, await ownTextOf(parts, scope, place))) : absent;

const answerOf = ({ text, language }: TextPlace, record: OwnTextRecord): TextAnswer => {
  const ours = isScript(text) ? scriptSource(language, text) : ownSource(language, text);
  const values = isScript(text) ? scriptVariables : variablesOf(text);
  return {
    ...{ ...lineOf(text, language, record), ours, source: record.inForce?.source ?? ours },
    ...{ waiting: record.draft ?? null, approvedBy: record.inForce?.approvedBy ?? null },
    parts: isScript(text) ? [] : [...textCatalogue[text].parts],
    values: values.map(({ name, means, isOptional }) => ({
      ...{ name, means, isOptional: isOptional === true },
    })),
  };
};

/** What breaks a rule of texts is refused, with every finding and its line. */
export const saveText = async (
  parts: Parts,
  place: TextPlace,
  { source, reason }: SaveTextBody,
  call: SettingCall,
): Promise<Outcome<TextAnswer, ProblemCode>> => {
  const { companyId, text, language } = place;
  if (!isInScope(call.scope, companyId)) return absent;
  const mail = await parts.settings.read(call.scope, {
    scope: `company:${companyId}`,
    name: mailPlaces.mail,
  });
  const origin = mailSettingFrom(mail?.value)?.linkOrigin;
  const domain = origin === undefined ? {} : { domain: new URL(origin).hostname };
  const findings = isScript(text)
    ? lintScript(source, language)
    : lintText(source, { text, language, ...domain });
  if (findings.length > 0)
    return refuse('text-refused', findings.map(({ line, detail }) => `Line ${line}: ${detail}.`).join(' '));
  const said = { source, reason, askedBy: call.callerId, askedAt: textOfInstant(call.now) };
  return change(parts, place, reason, call, (before) => done(draftText(before, said)));
};

export const approveDraft = (
  parts: Parts,
  place: TextPlace,
  version: number,
  reason: string,
  call: SettingCall,
): Promise<Outcome<TextAnswer, ProblemCode>> =>
  change(parts, place, reason, call, (before) =>
    approveText(before, version, { by: call.callerId, at: textOfInstant(call.now) }),
  );

const change = async (
  { settings }: Parts,
  place: TextPlace,
  reason: string,
  { scope, now, callerId: by }: SettingCall,
  decide: (before: OwnTextRecord) => Outcome<OwnTextRecord, ProblemCode>,
): Promise<Outcome<TextAnswer, ProblemCode>> => {
  if (!isInScope(scope, place.companyId)) return absent;
  const kept = await settings.read(scope, placeOf(place));
  const before = ownTextFrom(kept?.value);
  const after = decide(before);
  if (!after.ok) return after;
  if (isSameJson(before, after.value)) return done(answerOf(place, before));
  const version = { value: after.value, by, at: textOfInstant(now), reason };
  const saved = await settings.save(scope, placeOf(place), kept?.version ?? 0, version);
  return saved === 'saved'
    ? done(answerOf(place, after.value))
    : refuse('setting-changed', 'Somebody else changed it at the same time.');
};
