/**
 * How fast mails are rendered: a reminder of five items, subject, text and HTML, with liquidjs itself on the very same
 * templates beside it. Processor time, so that neighbours on the machine do not count.
 * From: the invented data of the text tests. Next: the bench table.
 */
import { Liquid } from 'liquidjs';
import { renderMessage } from '../../shared/formats/render-message.ts';
import { templateSources } from '../../shared/formats/text-compile.ts';
import { ownSource } from '../../shared/formats/text-labels.ts';
import { viewOf } from '../../shared/formats/text-view.ts';
import { sampleData } from '../formats/texts/sample-data.ts';
import type { Bench, BenchLine } from './kit.ts';

const rounds = 4_000;
const warmUp = 1_500;

/** A second of processor time gives so many. */
const perSecond = (count: number, work: () => unknown): number => {
  for (let at = 0; at < Math.min(warmUp, count); at += 1) work();
  const before = process.cpuUsage();
  for (let at = 0; at < count; at += 1) work();
  const { user, system } = process.cpuUsage(before);
  return count / ((user + system) / 1_000_000);
};

/** liquidjs filling the three templates from a view that is ready. */
const bareLiquid = (rows: number): (() => void) => {
  const { subject, text, html } = templateSources('T2', 'en', ownSource('en', 'T2'));
  const [plain, page] = [new Liquid(), new Liquid({ outputEscape: 'escape' })];
  const parsed = [plain.parse(subject), plain.parse(text), page.parse(html)] as const;
  const view = viewOf('T2', 'en', sampleData(true, rows));
  return () => {
    plain.renderSync(parsed[0], view);
    plain.renderSync(parsed[1], view);
    page.renderSync(parsed[2], view);
  };
};

const run = (): Promise<BenchLine[]> => {
  const lines = [5, 20].map((rows): BenchLine => {
    const data = sampleData(true, rows);
    const figure = perSecond(rounds, () => renderMessage('T2', 'en', data));
    const limit = perSecond(rounds / 8, bareLiquid(rows));
    const line = {
      job: `mails rendered, ${rows} items each; limit: bare liquidjs`,
      figure,
      unit: 'mails/s',
      limit,
    };
    const isMet = figure >= 5_000 && figure >= 0.8 * limit;
    return rows === 5 ? { ...line, target: '≥ 5,000, ≥ 0.8', met: isMet } : line;
  });
  return Promise.resolve(lines);
};

export const mailsBench: Bench = { name: 'mails', run };
