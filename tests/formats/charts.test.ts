/**
 * Charts: a picture that shows what it was given, the same each time.
 */
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { chartWords } from '../../shared/formats/chart-words.ts';
import { chartPng, chartSvg, type Chart } from '../../shared/formats/charts.ts';

const chart: Chart = {
  ...{ title: 'Aging, EUR <b>', unit: 'thousand EUR', kind: 'bars' },
  labels: ['not due', '1-30', '31-60', '61-90', '91+'],
  series: [{ name: 'open', values: [300, 60, 30, 20, 10] }],
};

it('names its title, labels and values, and takes no markup from them', async () => {
  const svg = await chartSvg(chart);
  for (const text of ['not due', '91+', '300', 'thousand EUR', 'Aging, EUR &lt;b&gt;'])
    expect(svg).toContain(text);
  expect(svg).not.toContain('<b>');
});

it('names each of a few bars, however long its name, with its value as people read it', async () => {
  const labels = ['not due', 'overdue to 90 days', 'beyond 90 days', 'disputed (in them)', 'credits'];
  const svg = await chartSvg({
    ...chart,
    labels,
    series: [{ name: 'open', values: [133_620, 9, 9, 9, -0] }],
  });
  for (const text of ['overdue to 90', 'beyond 90 days', 'disputed (in them)', 'credits', '133,620'])
    expect(svg).toContain(text);
  expect(svg).not.toContain('>-0<');
});

it('says its figures in words: of every bar, of a line where it begins and ends', () => {
  expect(chartWords(chart)).toBe(
    'Aging, EUR <b>, thousand EUR: not due 300; 1-30 60; 31-60 30; 61-90 20; 91+ 10.',
  );
  const series = [
    { name: 'booked', values: [1_200, 5, -0] },
    { name: 'implied', values: [7, 5, null] },
  ];
  const months = { title: 'Collected', unit: 'EUR', labels: ['2026-01', '2026-02', '2026-03'], series };
  expect(chartWords({ ...months, kind: 'stacked' })).toBe(
    'Collected, EUR: 2026-01 booked 1,200; 2026-01 implied 7; 2026-03 booked 0; 2026-03 implied unknown.',
  );
});

it('is the same picture each time, and another one for other values', async () => {
  const first = await chartPng(chart, readFile);
  expect([...first.slice(1, 4)].map((code) => String.fromCharCode(code)).join('')).toBe('PNG');
  expect(await chartPng(chart, readFile)).toEqual(first);
  expect(
    await chartPng({ ...chart, series: [{ name: 'open', values: [300, 60, 30, 20, 11] }] }, readFile),
  ).not.toEqual(first);
});
