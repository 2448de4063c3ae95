/**
 * The ERP, or who posts there, says which lines of an export it took and which it would not (R148).
 * From: `POST api/companies/{company}/posting-export/{exportId}/acknowledgement`. Next: the lines; what is
 * acknowledged is still provisional until the feed shows it. The first word about a line stands; a proposal that is
 * refused goes back to the ledger, queue `received-payments`.
 */
import type { AcknowledgeBody } from '../../shared/contracts/erp-exchange.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { HashText } from '../../shared/domain/document-ids.ts';
import type { ListedLine } from '../../shared/domain/posting-export.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { Caller } from '../../shared/edge/access.ts';
import type { FeedStore } from '../../shared/ports/feed-store.ts';
import type { MessageSender, OutgoingMessage } from '../../shared/ports/message-sender.ts';

type Call = { scope: Scope; companyId: string; exportId: string; caller: Caller; now: Instant };

type Parts = { feeds: FeedStore; sender: MessageSender; hashText: HashText };

/** All lines are of this export, or nothing is noted. */
export const acknowledgePostings = async (
  { feeds, sender, hashText }: Parts,
  { scope, companyId, exportId, caller, now }: Call,
  { lines }: AcknowledgeBody,
): Promise<Outcome<{ acknowledged: number; known: number }, ProblemCode>> => {
  const listed = await feeds.listed(
    scope,
    companyId,
    lines.map(({ id }) => id),
  );
  const mine = new Map(listed.filter((line) => line.exportId === exportId).map((line) => [line.id, line]));
  const strange = lines.find(({ id }) => !mine.has(id));
  if (strange !== undefined) return refuse('posting-line-unknown', `Line ${strange.id}.`);
  let acknowledged = 0;
  for (const { id, reference, refusedBecause } of lines) {
    const line = mine.get(id);
    if (line === undefined || line.acknowledged !== undefined) continue;
    const said = {
      ...{ at: textOfInstant(now), by: caller.id ?? '' },
      ...(reference === undefined ? {} : { reference }),
      ...(refusedBecause === undefined ? {} : { refusedBecause }),
    };
    await feeds.keepLine(scope, companyId, { ...line, acknowledged: said });
    mine.set(id, { ...line, acknowledged: said });
    acknowledged += 1;
  }
  const refused = [...mine.values()].flatMap((line) => refusalOf(companyId, line, hashText));
  if (refused.length > 0) await sender.send('received-payments', refused);
  return done({ acknowledged, known: lines.length - acknowledged });
};

/** Told to the ledger, again where this call is a second try; money that was received stays what it is. */
const refusalOf = (
  companyId: string,
  { id, kind, acknowledged }: ListedLine,
  hashText: HashText,
): OutgoingMessage[] => {
  const because = acknowledged?.refusedBecause;
  if (because === undefined || kind === 'receipt') return [];
  return [
    {
      id: `refused:${hashText(`${companyId} ${id}`).slice(0, 40)}`,
      body: { v: 1, companyId, refusedProposal: id, because },
    },
  ];
};
