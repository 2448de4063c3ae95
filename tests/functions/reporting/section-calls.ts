/**
 * Reads the lists of one name as a report of 9 March 2026 would.
 * From: parts of `report-parts.ts`. Next: tests of lists.
 */
import { sectionsOf } from '../../../functions/reporting/read-sections.ts';
import type { SectionCall, SectionParts } from '../../../functions/reporting/section-cells.ts';
import { instantFromText, type Day } from '../../../shared/domain/calendar.ts';
import type { SectionName } from '../../../shared/domain/report-schedules.ts';
import { everything } from '../../support/test-edge.ts';
import { companyId } from './projection-support.ts';

export const readSectionsFor = (parts: SectionParts, name: SectionName, more: Partial<SectionCall> = {}) =>
  sectionsOf(
    parts,
    {
      ...{ scope: everything, system: everything, now: instantFromText('2026-03-09T07:10:00Z') },
      company: { companyId, zone: 'UTC', currency: 'EUR', country: 'DE' } as SectionCall['company'],
      ...{ dueOn: '2026-03-09' as Day, firstOn: '2026-03-02' as Day, lastOn: '2026-03-08' as Day },
      ...more,
    },
    [name],
  );
