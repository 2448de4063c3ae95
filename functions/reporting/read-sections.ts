/**
 * The lists of a report, each read by what its name stands for.
 * From: schedules. Next: `compose-report.ts`. Sheets of a workbook have names of their own.
 */
import type { SectionName } from '../../shared/domain/report-schedules.ts';
import type { ReportSection } from '../../shared/formats/report-mail.ts';
import { withNames } from './people-names.ts';
import { forecastSections } from './read-forecast.ts';
import type { ReadSection, SectionCall, SectionParts } from './section-cells.ts';
import { handedOverSections, largestSections, pastDueSections } from './sections-accounts.ts';
import { bookSections } from './sections-book.ts';
import { causeSections, problemSections } from './sections-cases.ts';
import { cycleSections } from './sections-cycle.ts';
import { frozenAgingSections, provisionSections, rollForwardSections } from './sections-month.ts';
import { dueSections } from './sections-due.ts';
import { ownMoneySections, salesSections, worklistSections } from './sections-own.ts';
import { peopleSections } from './sections-people.ts';
import { goalSections } from './sections-team.ts';

const readers: Readonly<Record<SectionName, ReadSection>> = {
  book: bookSections,
  worklist: worklistSections,
  dueDays: dueSections,
  ownMoney: ownMoneySections,
  pastDue: pastDueSections,
  problems: problemSections,
  salesAccounts: salesSections,
  forecast: forecastSections,
  handedOver: handedOverSections,
  frozenAging: frozenAgingSections,
  rollForward: rollForwardSections,
  provision: provisionSections,
  largest: largestSections,
  causes: causeSections,
  cycle: cycleSections,
  people: peopleSections,
  goal: goalSections,
};

export const sectionsOf = async (
  parts: SectionParts,
  call: SectionCall,
  names: readonly SectionName[],
): Promise<ReportSection[]> => {
  const sections: ReportSection[] = [];
  for (const name of names) sections.push(...(await readers[name](parts, call)));
  return withNames(parts, call.system, sections);
};
