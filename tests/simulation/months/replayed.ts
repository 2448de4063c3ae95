/**
 * The live policies replayed over the month that was: each difference from what was sent has its cause, and the same
 * replay the same hash. From: the journals. Next: `run-month.ts`.
 */
import { replayPolicies } from '../../../functions/dunning/replay-policies.ts';
import { addDays } from '../../../shared/domain/calendar.ts';
import { unexplained } from '../../../shared/domain/replay-causes.ts';
import { everything } from '../../support/test-edge.ts';
import { companyId, firstDay, type Month } from './world.ts';

export type Replayed = { messages: number; causes: Record<string, number>; faults: string[] };

/** Months whose replay is made twice: the same inputs have the same hash. */
const everyNth = 5;

export const replayMonth = async ({ parts, agenda, seed }: Month, days: number): Promise<Replayed> => {
  const [from, to] = [firstDay, addDays(firstDay, days - 1)];
  const pageOf = async (after: string | undefined) => {
    const query = { from, to, against: 'live', ...(after === undefined ? {} : { after }) } as const;
    const answer = await replayPolicies(parts.looking, companyId, query, {
      scope: everything,
      now: agenda.now(),
    });
    if (!answer.ok) throw new Error(answer.detail);
    return answer.value;
  };
  const replayed: Replayed = { messages: 0, causes: {}, faults: [] };
  let after: string | undefined;
  do {
    const page = await pageOf(after);
    const again = after === undefined && seed % everyNth === 0 ? await pageOf(after) : page;
    if (page.hash !== again.hash) replayed.faults.push('D16 the same replay has another hash');
    replayed.messages += page.other.messages;
    for (const { cause, account, on } of page.differences) {
      const name = cause
        .split(':')
        .slice(0, cause.startsWith('history') ? 2 : 1)
        .join(':');
      replayed.causes[name] = (replayed.causes[name] ?? 0) + 1;
      if (cause === unexplained) replayed.faults.push(`D16 ${account} on ${on} differs and nobody says why`);
    }
    after = page.after;
  } while (after !== undefined);
  return replayed;
};
