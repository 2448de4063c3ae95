/**
 * A business calendar of Mondays to Fridays, wherever the company is.
 * From: nothing. Next: worlds of tests that count business days.
 */
import type { BusinessCalendar } from '../../shared/domain/business-days.ts';

const week: BusinessCalendar = { weekend: [6, 7], holidays: new Set() };

export const weekdays = async (): Promise<BusinessCalendar> => week;
