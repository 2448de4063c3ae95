/**
 * What came of chasing: mails by text, who is not chased and why, what the worklist holds.
 * From: mails of the days run; lists of the product over HTTP, on the last of them. Next: `results.ts`.
 */
import { withheldAnswer } from '../../shared/contracts/dunning.ts';
import { worklistAnswer, type WorklistAnswer } from '../../shared/contracts/worklist.ts';
import { withheldReasons } from '../../shared/domain/withheld-reasons.ts';
import { isReminder, type MessageRow } from './letters.ts';
import { walkCompany, type WalkPeople } from './set-up.ts';
import { readTiles, type Told } from './tiles.ts';
import type { StaffClient } from './staff-client.ts';

export type Chased = {
  mails: {
    sent: number;
    reminders: number;
    byText: Record<string, number>;
    /** Whether each was compared with the newest accepted snapshot; none asked for more than that. */
    isCompared: boolean;
  };
  /** By reason: messages planned and not sent; items not asked for when looked at; accounts so on the last day. */
  withheld: Record<'messages' | 'items' | 'accountsNow', Record<string, number>>;
  worklist: { due: number; ranked: number; first: { account: string; points: number } | null };
} & Told;

/** `days`: the first and the last that were run. */
export const readChased = async (
  { manager, executive }: WalkPeople,
  sent: readonly MessageRow[],
  { isCompared, days }: { isCompared: boolean; days: readonly [string, string] },
): Promise<Chased> => {
  const { told, messages, items } = await readTiles(executive, days);
  return {
    mails: {
      ...{ sent: sent.length, reminders: sent.filter(isReminder).length, isCompared },
      byText: countBy(sent.map(({ text }) => text)),
    },
    withheld: { messages, items, accountsNow: await readWithheld(manager) },
    worklist: await readWorklist(manager),
    ...told,
  };
};

const countBy = (names: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const name of names.toSorted()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
};

const ofCompany = `/api/companies/${walkCompany}`;

const readWithheld = async (staff: StaffClient): Promise<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const reason of Object.keys(withheldReasons)) {
    let mark: string | undefined;
    do {
      const query = new URLSearchParams({
        reason,
        ...(mark === undefined ? {} : { after: mark }),
      }).toString();
      const page = withheldAnswer.parse(await staff.get(`${ofCompany}/dunning/withheld?${query}`));
      if (page.accounts.length > 0) counts[reason] = (counts[reason] ?? 0) + page.accounts.length;
      mark = page.after;
    } while (mark !== undefined);
  }
  return counts;
};

/** The whole list, page by page. Of what is due, as many as one page shows. */
const readWorklist = async (staff: StaffClient): Promise<Chased['worklist']> => {
  const read = async (mark?: string): Promise<WorklistAnswer> => {
    const query = new URLSearchParams({ list: 'team', limit: '50', ...(mark && { after: mark }) }).toString();
    return worklistAnswer.parse(await staff.get(`${ofCompany}/worklist?${query}`));
  };
  const first = await read();
  let ranked = first.ranked.length;
  for (let page = first; page.next !== null; ranked += page.ranked.length) page = await read(page.next);
  const [top] = first.ranked;
  return {
    ...{ due: first.due.length, ranked },
    first: top === undefined ? null : { account: top.account, points: top.points },
  };
};
