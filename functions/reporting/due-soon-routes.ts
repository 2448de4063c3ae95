/**
 * The routes by which a collector says how many days before an invoice is due they want to hear of it.
 * From: whoever has reports of their own. Next: `keep-due-soon.ts`.
 */
import { dueSoonAnswer, dueSoonBody } from '../../shared/contracts/due-soon.ts';
import { noQuery } from '../../shared/contracts/operations.ts';
import { reportsPlace } from '../../shared/contracts/reports.ts';
import type { Edge } from '../../shared/edge/edge.ts';
import { onRead } from '../../shared/edge/http.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { keepDueSoon, readDueSoon } from './keep-due-soon.ts';
import type { SectionParts } from './section-cells.ts';

const place = { route: 'api/reports/{company}/due-soon', params: reportsPlace, answer: dueSoonAnswer };

export const registerDueSoon = ({ edge, mails }: { edge: Edge; mails: SectionParts }): void => {
  // each sets their own alone, beside the settings of the company
  const system = edge.access.systemScope('rep.schedule.run');
  onRead(edge, {
    ...{ name: 'read-due-soon', ...place, action: 'rep.own.read', query: noQuery },
    run: ({ params, scope, now, caller }) =>
      readDueSoon(mails, { scope, system, now, personId: caller.id ?? '' }, params.company),
  });
  onWrite(edge, {
    ...{ name: 'save-due-soon', method: 'PUT', ...place, action: 'rep.own.send', body: dueSoonBody },
    run: ({ params, body, scope, now, caller }) =>
      keepDueSoon(mails, { scope, system, now, personId: caller.id ?? '' }, params.company, body),
  });
};
