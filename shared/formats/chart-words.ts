/**
 * A chart in words, for who sees no pictures: what it shows, and the figures of its bars, or of where it begins and ends.
 * From: `functions/reporting/draw-charts.ts`. Next: `alt` of the picture, and the text of the mail.
 */
import type { Chart } from './charts.ts';

/** `Receivables on 2026-03-08, EUR: not due 1,200; overdue to 90 days 300.` */
export const chartWords = ({ title, unit, kind, labels, series }: Chart): string => {
  const all = labels.map((label, at) => ({ label, at }));
  const named = kind === 'bars' ? all : all.filter(({ at }) => at === 0 || at === labels.length - 1);
  const figures = named.flatMap(({ label, at }) =>
    series.map(({ name, values }) => {
      const value = values[at] ?? undefined;
      const words = kind === 'bars' ? label : `${label} ${name}`;
      return `${words} ${value === undefined ? 'unknown' : (value || 0).toLocaleString('en-US')}`;
    }),
  );
  return `${title}, ${unit}: ${figures.join('; ')}.`;
};
