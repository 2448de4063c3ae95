/**
 * Each morning the run is looked at before it happens; what the first look of the day then plans for an account that
 * nobody touched meanwhile is, message for message, what was shown (D16).
 * From: the preview of all accounts. Next: entries of the looks that follow it; `run-month.ts`.
 */
import { previewRun } from '../../../functions/dunning/preview-run.ts';
import { textOfInstant } from '../../../shared/domain/calendar.ts';
import { everything } from '../../support/test-edge.ts';
import { companyId, type Month } from './world.ts';

type Shown = { version: number; mails: string[] };
type Planned = { accountId: string; seen: Shown; planned: string[]; at: string };

export const morningsOf = (month: Month) => {
  const { journal, parts, agenda } = month;
  const shown = new Map<string, Shown>();
  const found: string[] = [];
  const toCompare: Planned[] = [];
  let [agreed, looks, standingShown] = [0, 0, ''];
  journal.hear(({ entry, before }) => {
    const seen = shown.get(entry.accountId);
    shown.delete(entry.accountId);
    if (
      seen?.version !== before.head.version ||
      entry.cause.kind !== 'evaluation' ||
      entry.cause.id !== 'due'
    )
      return;
    const planned = entry.facts.flatMap((fact) =>
      fact.kind === 'messagePlanned' ? [fact.message.digest] : [],
    );
    toCompare.push({ accountId: entry.accountId, seen, planned, at: entry.at });
  });
  /** What keeps the whole company silent now, and how far money is known: promises and plans are judged by it. */
  const standingNow = async (): Promise<string> => {
    const { blocks = [], cashReachesOn = '' } = (await parts.looking.frameOf(companyId, agenda.now())) ?? {};
    return [...blocks, cashReachesOn].join();
  };
  const preview = async () => {
    const pages = [];
    let after: string | undefined;
    do {
      const place = { companyId, ...(after === undefined ? {} : { after }) };
      const page = await previewRun(parts.looking, place, { scope: everything, now: agenda.now() });
      if (!page.ok) throw new Error(page.detail);
      pages.push(page.value);
      after = page.value.after;
    } while (after !== undefined);
    return pages;
  };
  return {
    look: async (): Promise<void> => {
      standingShown = await standingNow();
      const pages = await preview();
      looks += 1;
      const again = looks % 7 === 1 ? await preview() : pages;
      if (pages.map(({ hash }) => hash).join() !== again.map(({ hash }) => hash).join())
        found.push(`D16 the same preview at ${textOfInstant(agenda.now())} has another hash`);
      for (const { account, steps } of pages.flatMap(({ accounts }) => accounts)) {
        const { head } = journal.of({ companyId, accountId: account }).account;
        const mails = steps.filter(({ channel }) => channel === 'mail').map(({ digest }) => digest);
        shown.set(account, { version: head.version, mails });
      }
    },
    /** What was shown holds for its morning. */
    over: async (): Promise<void> => shown.clear(),
    agreed: (): number => agreed,
    /** Only where the company stands as it stood: a file that came, a stop, makes another morning. */
    faults: async (): Promise<string[]> => {
      const isSame = toCompare.length > 0 && (await standingNow()) === standingShown;
      for (const { accountId, seen, planned, at } of toCompare.splice(0)) {
        if (!isSame) continue;
        agreed += planned.length;
        const [one, other] = [seen.mails.join() || 'nothing', planned.join() || 'nothing'];
        if (one !== other) found.push(`D16 ${accountId}: shown ${one}, planned ${other} at ${at}`);
      }
      return found.splice(0);
    },
  };
};
