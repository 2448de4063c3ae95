/**
 * Somebody is away and another stands in: from the first to the last day the deputy sees the lists, tasks and replies of
 * the one who is away, and of those that one stands in for; after it all is back by itself (R41).
 * From: `POST api/companies/{company}/absences`. Next: the setting `absences`, and the deputy's reach, which the access
 * layer reads with every request. A second try finds what is there.
 */
import { absencesSetting, type AbsenceBody, type Absences } from '../../shared/contracts/teamwork.ts';
import { noReach, reach, reachPlace, type Reach } from '../../shared/contracts/reach.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import {
  addDays,
  dayFromText,
  startOfDay,
  textOfInstant,
  type Instant,
} from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { isInScope, type Scope } from '../../shared/domain/scope.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import type { SettingPlace, SettingsStore } from '../../shared/ports/settings-store.ts';

export type AbsenceParts = { settings: SettingsStore; ownScope: () => Scope };
export type AbsenceCall = { scope: Scope; now: Instant; by: string };
type Absence = Absences['absences'][number];

const mostTries = 8;
export const absencesPlace = (companyId: string): SettingPlace => ({
  scope: `company:${companyId}`,
  name: 'absences',
});
const absent = refuse('not-found', 'There is no such company.');

export const listAbsences = async (
  { settings }: AbsenceParts,
  companyId: string,
  { scope }: Pick<AbsenceCall, 'scope'>,
): Promise<Outcome<Absences, 'not-found'>> => {
  if (!isInScope(scope, companyId)) return absent;
  const kept = await settings.read(scope, absencesPlace(companyId));
  return done(absencesSetting.parse(kept?.value ?? { absences: [] }));
};

export const keepAbsence = async (
  parts: AbsenceParts,
  companyId: string,
  { reason, ...absence }: AbsenceBody,
  call: AbsenceCall,
): Promise<Outcome<Absences, ProblemCode>> => {
  const company = isInScope(call.scope, companyId)
    ? await readCompany(parts.settings, call.scope, companyId)
    : undefined;
  if (company?.ok !== true) return absent;
  const { who, deputy, firstOn, lastOn } = absence;
  if (who === deputy || lastOn < firstOn) return refuse('nobody-to-stand-in', `${firstOn} to ${lastOn}`);
  const kept = await changeList(parts, companyId, call, reason, (all) => [
    ...all.filter((one) => !isSame(one, absence)),
    absence,
  ]);
  const { zone } = company.value;
  const cover = {
    fromAt: textOfInstant(startOfDay(dayFromText(firstOn), zone)),
    untilAt: textOfInstant(startOfDay(addDays(dayFromText(lastOn), 1), zone)),
  };
  const theirs = (await readReach(parts, who)).value.covers.filter(
    (one) => one.fromAt < cover.untilAt && cover.fromAt < one.untilAt && one.collectorId !== deputy,
  );
  const also = theirs.map((one) => ({
    collectorId: one.collectorId,
    fromAt: one.fromAt > cover.fromAt ? one.fromAt : cover.fromAt,
    untilAt: one.untilAt < cover.untilAt ? one.untilAt : cover.untilAt,
  }));
  await changeReach(parts, deputy, call, reason, (covers) =>
    withCovers(covers, [{ collectorId: who, ...cover }, ...also]),
  );
  return done(kept);
};

/** Back before the last day: nobody stands in any more. */
export const endAbsence = async (
  parts: AbsenceParts,
  companyId: string,
  { who, reason }: { who: string; reason: string },
  call: AbsenceCall,
): Promise<Outcome<Absences, ProblemCode>> => {
  const before = await listAbsences(parts, companyId, call);
  if (!before.ok) return before;
  for (const { deputy } of before.value.absences.filter((one) => one.who === who))
    await changeReach(parts, deputy, call, reason, (covers) =>
      covers.filter(({ collectorId }) => collectorId !== who),
    );
  return done(
    await changeList(parts, companyId, call, reason, (all) => all.filter((one) => one.who !== who)),
  );
};

const isSame = (a: Absence, b: Absence): boolean => a.who === b.who && a.firstOn === b.firstOn;

const withCovers = (before: Reach['covers'], more: Reach['covers']): Reach['covers'] => {
  const names = new Set(more.map((one) => JSON.stringify([one.collectorId, one.fromAt])));
  return [...before.filter((one) => !names.has(JSON.stringify([one.collectorId, one.fromAt]))), ...more];
};

const changeList = async (
  { settings, ownScope }: AbsenceParts,
  companyId: string,
  { by, now }: AbsenceCall,
  reason: string,
  change: (all: Absence[]) => Absence[],
): Promise<Absences> => {
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const kept = await settings.read(ownScope(), absencesPlace(companyId));
    const value = { absences: change(absencesSetting.parse(kept?.value ?? { absences: [] }).absences) };
    const version = { value, by, at: textOfInstant(now), reason };
    if ((await settings.save(ownScope(), absencesPlace(companyId), kept?.version ?? 0, version)) === 'saved')
      return value;
  }
  throw new Error(`absences of ${companyId} changed under each of ${mostTries} tries`);
};

const readReach = async ({ settings, ownScope }: AbsenceParts, personId: string) => {
  const kept = await settings.read(ownScope(), reachPlace(personId));
  return { version: kept?.version ?? 0, value: kept === undefined ? noReach : reach.parse(kept.value) };
};

const changeReach = async (
  parts: AbsenceParts,
  personId: string,
  { by, now }: AbsenceCall,
  reason: string,
  change: (covers: Reach['covers']) => Reach['covers'],
): Promise<void> => {
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const { version, value } = await readReach(parts, personId);
    const next = { value: { ...value, covers: change(value.covers) }, by, at: textOfInstant(now), reason };
    if ((await parts.settings.save(parts.ownScope(), reachPlace(personId), version, next)) === 'saved')
      return;
  }
  throw new Error(`reach of ${personId} changed under each of ${mostTries} tries`);
};
