/**
 * The standing of a company that keeps its own book, for tests that are about something else.
 * From: tests of reports. Next: readers that show it beside balances.
 */
import type { BookStanding } from '../../shared/domain/book-standing.ts';

const standing: BookStanding = {
  ...{ mode: 'dunwellLed', feedAsOf: null, bankAsOf: null, control: null, silentBecause: [] },
};

export const ownBook = async (): Promise<BookStanding> => standing;
