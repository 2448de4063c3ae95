/**
 * Charts as pictures for mails: drawn as SVG without a browser, then made PNG, which every mail program shows.
 * From: report mails, as `await chartPng(chart, readFile)`. Next: files of a mail. The same chart gives the same bytes.
 * Amounts come in whole units of the currency; no number of a chart is computed with again.
 */
import type * as Engine from '@resvg/resvg-wasm';
import { pdfFonts } from './pdf-fonts.ts';

export type Chart = {
  title: string;
  /** `percent` and `days` have one decimal. */
  unit: string;
  kind: 'bars' | 'lines' | 'stacked';
  labels: readonly string[];
  /** Null: there is none; a line has a gap there. */
  series: readonly { name: string; values: readonly (number | null)[] }[];
};

const size = { width: 720, height: 360 };
/** Told apart by people who do not see all colours, too. */
const colours = ['#0b5cad', '#e08a00', '#4f9d69', '#8a4fae', '#b3372f'];
const font = 'DejaVu Sans';

/** Bars of which each says its name, on two lines where it is long, and its value. */
const mostNamed = 8;
const allNamed = { axisLabel: { interval: 0, width: 100, overflow: 'break' as const } };
const grouped = ({ value }: { value: unknown }): string =>
  typeof value === 'number' ? (value || 0).toLocaleString('en-US') : '';

export const chartSvg = async ({ title, unit, kind, labels, series }: Chart): Promise<string> => {
  const { init } = await import('echarts');
  const isFew = kind === 'bars' && labels.length <= mostNamed;
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
  try {
    chart.setOption({
      ...{ animation: false, color: colours, backgroundColor: '#ffffff', textStyle: { fontFamily: font } },
      title: { text: title, left: 16, top: 12, textStyle: { fontSize: 16, fontFamily: font } },
      legend: series.length < 2 ? { show: false } : { bottom: 8, data: series.map(({ name }) => name) },
      grid: { left: 90, right: 24, top: 64, bottom: series.length < 2 && !isFew ? 36 : 64 },
      xAxis: { type: 'category', data: [...labels], ...(isFew ? allNamed : {}) },
      yAxis: { type: 'value', name: unit, nameTextStyle: { align: 'right' } },
      series: series.map(({ name, values }) => ({
        ...{ name, data: [...values], type: kind === 'lines' ? ('line' as const) : ('bar' as const) },
        ...(kind === 'stacked' ? { stack: 'all' } : {}),
        ...(isFew ? { label: { show: true, position: 'top' as const, formatter: grouped } } : {}),
      })),
    });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
};

const isSource = /[/\\]formats$/.test(import.meta.dirname);
const engineFile = isSource
  ? `${import.meta.dirname}/../../node_modules/@resvg/resvg-wasm/index_bg.wasm`
  : `${import.meta.dirname}/resvg.wasm`;

/** Reads a file of the package; formats read none themselves. */
type ReadFile = (path: string) => Promise<Uint8Array>;
type Drawing = { resvg: typeof Engine; fonts: Uint8Array[] };
let drawing: Promise<Drawing> | undefined;

/** Read once: the engine can be started once in a process. */
const startDrawing = async (readFile: ReadFile): Promise<Drawing> => {
  const resvg = await import('@resvg/resvg-wasm');
  await resvg.initWasm(Uint8Array.from(await readFile(engineFile)));
  return { resvg, fonts: await Promise.all(Object.values(pdfFonts).map((file) => readFile(file))) };
};

/** @throws when the engine or its fonts are not there. */
export const chartPng = async (chart: Chart, readFile: ReadFile): Promise<Uint8Array> => {
  drawing ??= startDrawing(readFile);
  const { resvg, fonts } = await drawing;
  const picture = new resvg.Resvg(await chartSvg(chart), {
    font: { fontBuffers: fonts, defaultFontFamily: font, sansSerifFamily: font },
    fitTo: { mode: 'width', value: size.width * 2 },
  });
  try {
    const image = picture.render();
    const png = image.asPng();
    image.free();
    return png;
  } finally {
    picture.free();
  }
};
