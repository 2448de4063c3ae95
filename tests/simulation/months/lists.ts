/**
 * The worklist of a month against its journals: whoever owes or has something to be done has one row and nobody else has
 * one, its parts sum to its points and are those of the account as it stands, and the page ranks as all accounts ranked
 * anew would.
 * From: rows, journals. Next: `run-month.ts`, each evening, for the accounts of which no event is under way.
 */
import { readWorklist } from '../../../functions/collections/read-worklist.ts';
import { worklistQuery } from '../../../shared/contracts/worklist.ts';
import type { MasterData } from '../../../shared/domain/master-data.ts';
import { isSameJson } from '../../../shared/domain/same-json.ts';
import { partyOf, worklistAccountOf, type KnownAccount } from '../../../shared/domain/worklist-of-account.ts';
import { phaseOfDay, worklistRowOf, type WorklistRow } from '../../../shared/domain/worklist-row.ts';
import { worklistOf } from '../../../shared/domain/worklist.ts';
import { everything } from '../../support/test-edge.ts';
import type { Kept } from './journal.ts';
import { companyId, type Month } from './world.ts';

type Frame = NonNullable<Awaited<ReturnType<Month['parts']['lists']['rowsOf']>>>;

export const listFaults = async (month: Month): Promise<string[]> => {
  const frame = await month.parts.lists.rowsOf(companyId, month.agenda.now(), 'fresh');
  if (frame === undefined) return [];
  const busy = new Set(
    month.agenda
      .carried()
      .flatMap(({ queue, body }) => (['feed', 'ar-events'].includes(queue) ? [accountIn(body)] : [])),
  );
  const found: string[] = [];
  const quiet: KnownAccount[] = [];
  for (const [accountId, kept] of month.journal.books) {
    if (busy.has(accountId) || kept.entries.length === 0) continue;
    const known = await knownOf(month, kept);
    quiet.push(known);
    const rows = await month.stores.plain.worklist.ofAccount(everything, { companyId, accountId });
    found.push(...rowFaults(known, rows, frame));
  }
  return busy.size > 0 ? found : [...found, ...(await orderFaults(month, quiet, frame))];
};

const accountIn = (body: object): string => (body as { accountId?: string }).accountId ?? '';

const knownOf = async ({ stores }: Month, { account: { head, items } }: Kept): Promise<KnownAccount> => {
  const open = [...items.values()].filter((item) => item.open !== 0);
  const masterData =
    head.masterData === undefined ? {} : await stores.base.accounts.paper(everything, head, head.masterData);
  return { head, items: open, party: partyOf(masterData as MasterData) };
};

const rowFaults = (known: KnownAccount, rows: readonly WorklistRow[], frame: Frame): string[] => {
  const { accountId } = known.head;
  const wanted = worklistRowOf(known, frame, frame.today);
  const tasks = known.head.dunning.tasks ?? [];
  const isWorked = known.items.length > 0 || tasks.length > 0;
  const [row, ...more] = rows;
  if (more.length > 0) return [`W1 ${accountId} has ${rows.length} rows`];
  if (row === undefined) return isWorked || wanted !== undefined ? [`W1 ${accountId} has no row`] : [];
  if (wanted === undefined) return [`W1 ${accountId} has a row without reason`];
  const phase = phaseOfDay(row, frame.today);
  if (phase === undefined) return [`W1 the row of ${accountId} tells nothing of ${frame.today}`];
  const points = phase.parts.reduce((all, one) => all + one.points, 0);
  const [{ from: _from, ...said }, { from: _now, ...is }] = [phase, wanted.phases[0]];
  return [
    ...(points === phase.points ? [] : [`W2 ${accountId} has ${phase.points}, its parts ${points}`]),
    ...(isSameJson(said, is) && isSameJson(row.dues, wanted.dues)
      ? []
      : [
          `W2 ${accountId} shows ${JSON.stringify([said, row.dues])}, is ${JSON.stringify([is, wanted.dues])}`,
        ]),
  ];
};

/** The page is the order of all, of those that rank. */
const orderFaults = async (month: Month, known: readonly KnownAccount[], frame: Frame): Promise<string[]> => {
  const query = worklistQuery.parse({ list: 'team', lane: 'ranked', limit: 50 });
  const call = { ...month.call(), callerId: 'u:ann' };
  const page = await readWorklist(
    { ...month.parts.lists, worklist: month.stores.plain.worklist },
    companyId,
    query,
    call,
  );
  if (!page.ok) return [`W3 ${page.code}`];
  const accounts = known.map((one) => worklistAccountOf(one, frame, frame.today));
  const ranked = worklistOf(accounts, frame).ranked.map(({ account }) => account.accountId);
  const shown = page.value.ranked.map(({ account }) => account);
  return isSameJson(shown, ranked) ? [] : [`W3 the list is ${shown.join()}, not ${ranked.join()}`];
};
