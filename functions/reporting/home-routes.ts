/**
 * The home pages: one route for each role, each by the right of its own first list.
 * From: everybody of the house, people of other firms. Next: `read-home.ts`.
 */
import { homeAnswer, homeRoles } from '../../shared/contracts/home.ts';
import { noQuery } from '../../shared/contracts/operations.ts';
import { reportsPlace } from '../../shared/contracts/reports.ts';
import type { Edge } from '../../shared/edge/edge.ts';
import { onRead } from '../../shared/edge/http.ts';
import { homePlans, readHome } from './read-home.ts';
import type { SectionParts } from './section-cells.ts';

const dashed = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

export const registerHomes = ({ edge, mails }: { edge: Edge; mails: SectionParts }): void => {
  for (const role of homeRoles)
    onRead(edge, {
      ...{ name: `home-${dashed(role)}`, route: `api/home/{company}/${dashed(role)}`, reduced: [] },
      ...{ action: homePlans[role].action, params: reportsPlace, query: noQuery, answer: homeAnswer },
      run: ({ params: { company: companyId }, scope, caller, now }) =>
        readHome(mails, role, { companyId, callerId: caller.id ?? '', scope, now }),
    });
};
