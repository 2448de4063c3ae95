/**
 * Break-glass: an administrator asks to see business data for a few hours, an executive approves, everybody who must
 * know is told at once (`reliability.md` §4.5).
 * From: staff routes. Next: settings, place `user:<person>` / `break-glass`; `shared/edge/break-glass.ts` opens by it.
 * The alert comes before the change: whoever dies between the two has told of what did not happen, never the reverse.
 */
import { glass, glassPlace, type Glass, type GlassBody } from '../../shared/contracts/break-glass.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { AlertStore } from '../../shared/ports/alert-store.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';

export type GlassParts = { settings: SettingsStore; alerts: AlertStore; system: Scope };
type Call = { by: string; now: Instant };
type Answer = Promise<Outcome<Glass, ProblemCode>>;

/** A newer request takes the place of one that waits or is open. */
export const askForGlass = async (parts: GlassParts, { by, now }: Call, body: GlassBody): Answer => {
  const { settings, system } = parts;
  for (const companyId of body.companyIds)
    if (!(await settings.read(system, { scope: `company:${companyId}`, name: 'company' })))
      return refuse('unknown-company', `There is no company ${companyId}.`);
  return change(parts, by, { by, now, reason: body.reason }, (before) =>
    done({
      ...{ ...body, number: (before?.number ?? 0) + 1, state: 'pending' },
      ...{ requestedBy: by, requestedAt: textOfInstant(now) },
    }),
  );
};

/** Another person than its holder; from then on it is open for the hours asked for. */
export const decideGlass = (
  parts: GlassParts,
  { by, now }: Call,
  named: { personId: string; number: number },
  { state, reason }: { state: 'approved' | 'refused'; reason: string },
): Answer =>
  change(parts, named.personId, { by, now, reason }, (before) => {
    if (before?.number !== named.number) return refuse('not-found', 'There is no such request.');
    if (by === named.personId || by === before.requestedBy)
      return refuse('own-rights', 'Nobody approves what they may see themselves.');
    if (before.state === state && before.decidedBy === by) return done(before);
    if (before.state !== 'pending') return refuse('request-not-pending', `It is ${before.state}.`);
    const decided = { ...before, state, decidedBy: by };
    if (state === 'refused') return done(decided);
    const untilAt = textOfInstant(now.add({ hours: before.hours }));
    return done({ ...decided, fromAt: textOfInstant(now), untilAt });
  });

/** Its holder needs it no more. What is closed stays closed. */
export const endGlass = (parts: GlassParts, { by, now }: Call): Answer =>
  change(parts, by, { by, now, reason: 'ended by its holder' }, (before) => {
    if (before === undefined) return refuse('not-found', 'Nothing of yours is open.');
    return done(before.state === 'refused' ? before : { ...before, state: 'ended' as const });
  });

/** As it is now. */
export const readGlass = async ({ settings, system }: GlassParts, personId: string): Answer => {
  const kept = await settings.read(system, glassPlace(personId));
  return kept ? done(glass.parse(kept.value)) : refuse('not-found', 'They never asked.');
};

const change = async (
  { settings, alerts, system }: GlassParts,
  personId: string,
  { by, now, reason }: Call & { reason: string },
  decide: (before: Glass | undefined) => Outcome<Glass, ProblemCode>,
): Answer => {
  const kept = await settings.read(system, glassPlace(personId));
  const before = kept && glass.parse(kept.value);
  const after = decide(before);
  if (!after.ok || after.value === before) return after;
  const at = textOfInstant(now);
  const { number, state, companyIds } = after.value;
  for (const companyId of companyIds)
    await alerts.raise(system, {
      ...{ id: `break-glass:${personId}:${number}:${state}`, companyId, at },
      ...{ rule: 'breakGlass', breach: state, to: ['cfo', 'creditManager', 'it'] },
    });
  const version = { value: after.value, by, at, reason };
  const saved = await settings.save(system, glassPlace(personId), kept?.version ?? 0, version);
  return saved === 'saved' ? after : refuse('setting-changed', 'Somebody else was first.');
};
