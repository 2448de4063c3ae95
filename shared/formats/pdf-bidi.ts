/**
 * Puts a line of text into the order in which it is drawn, left to right: Hebrew is read from the right, Latin and
 * numbers within it from the left. The rules of the Unicode bidirectional algorithm that lines of these texts need
 * (W4 to W7, N1, N2, L1, L2, isolates); `docs/decisions/0012-templates-and-paper.md` says why it is our own.
 * From: `pdf-sheet.ts`. Next: runs of one direction; within a run from the right the font turns the glyphs.
 */

export type Direction = 'ltr' | 'rtl';
export type Run = { text: string; direction: Direction };

type Kind = 'L' | 'R' | 'EN' | 'ES' | 'ET' | 'CS' | 'ON';
/** One sign, or a whole value between isolating marks, which is neutral to what stands around it. */
type Cell = { text: string; kind: Kind; level: number; inner?: Run[] };

const open = '\u2068';
const close = '\u2069';

const kindOf = (sign: string): Kind => {
  if (/[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/.test(sign)) return 'R';
  if (/\p{Nd}/u.test(sign)) return 'EN';
  if (/\p{L}/u.test(sign)) return 'L';
  if (/[+\-\u2212]/.test(sign)) return 'ES';
  if (/[%#\p{Sc}\u00b0]/u.test(sign)) return 'ET';
  return /[,.:/\u00a0\u202f]/.test(sign) ? 'CS' : 'ON';
};

/** By its first letter; without one, as wanted. */
export const directionOf = (text: string, otherwise: Direction): Direction => {
  for (const sign of text) {
    const kind = kindOf(sign);
    if (kind === 'L' || kind === 'R') return kind === 'L' ? 'ltr' : 'rtl';
  }
  return otherwise;
};

/** In the order of drawing; marks of direction are left out. */
export const visualRuns = (text: string, base: Direction): Run[] => {
  if (base === 'ltr' && !/[\u0590-\u08ff\ufb1d-\ufdff\u2066-\u2069]/.test(text))
    return [{ text, direction: base }];
  const cells = cellsOf(text);
  const bottom = base === 'ltr' ? 0 : 1;
  resolveWeak(cells, bottom);
  resolveNeutral(cells, bottom);
  for (const cell of cells) cell.level = levelOf(cell.kind, bottom);
  for (let at = cells.length - 1; at >= 0 && /^\s$/.test(cells[at]!.text); at -= 1) cells[at]!.level = bottom;
  return runsOf(reordered(cells));
};

const cellsOf = (text: string): Cell[] => {
  const cells: Cell[] = [];
  let rest = text;
  while (rest !== '') {
    const end = rest.startsWith(open) ? rest.indexOf(close) : -1;
    if (end > 0) {
      const value = rest.slice(1, end);
      cells.push({ text: value, kind: 'ON', level: 0, inner: visualRuns(value, directionOf(value, 'ltr')) });
      rest = rest.slice(end + 1);
      continue;
    }
    const sign = String.fromCodePoint(rest.codePointAt(0)!);
    if (sign !== open && sign !== close) cells.push({ text: sign, kind: kindOf(sign), level: 0 });
    rest = rest.slice(sign.length);
  }
  return cells;
};

/** W4 to W7: what stands with numbers goes with them, numbers after Latin go with that. */
const resolveWeak = (cells: Cell[], bottom: number): void => {
  for (const [at, cell] of cells.entries()) {
    const [before, after] = [cells[at - 1]?.kind, cells[at + 1]?.kind];
    if ((cell.kind === 'ES' || cell.kind === 'CS') && before === 'EN' && after === 'EN') cell.kind = 'EN';
  }
  for (const [at, cell] of cells.entries())
    if (cell.kind === 'ET' && (cells[at - 1]?.kind === 'EN' || cells[at + 1]?.kind === 'EN'))
      cell.kind = 'EN';
  let strong: Kind = bottom === 0 ? 'L' : 'R';
  for (const cell of cells) {
    if (cell.kind === 'L' || cell.kind === 'R') strong = cell.kind;
    else if (cell.kind === 'EN') cell.kind = strong === 'L' ? 'L' : 'EN';
    else cell.kind = 'ON';
  }
};

/** N1, N2: between two of one direction it is of that direction, else of the line's; numbers count as from the right. */
const resolveNeutral = (cells: Cell[], bottom: number): void => {
  const own: Kind = bottom === 0 ? 'L' : 'R';
  const sideOf = (cell: Cell | undefined): Kind => (cell === undefined ? own : cell.kind === 'L' ? 'L' : 'R');
  for (let at = 0; at < cells.length; at += 1) {
    if (cells[at]!.kind !== 'ON') continue;
    let end = at;
    while (cells[end]?.kind === 'ON') end += 1;
    const [left, right] = [sideOf(cells[at - 1]), sideOf(cells[end])];
    for (; at < end; at += 1) cells[at]!.kind = left === right ? left : own;
  }
};

/** I1, I2. */
const levelOf = (kind: Kind, bottom: number): number => {
  if (bottom === 0) return kind === 'R' ? 1 : kind === 'EN' ? 2 : 0;
  return kind === 'R' ? 1 : 2;
};

/** L2: from the highest level down, what is at least at it is turned round. */
const reordered = (cells: readonly Cell[]): Cell[] => {
  const line = [...cells];
  for (let level = 2; level > 0; level -= 1)
    for (let at = 0; at < line.length; at += 1) {
      let end = at;
      while (end < line.length && line[end]!.level >= level) end += 1;
      if (end > at + 1) line.splice(at, end - at, ...line.slice(at, end).toReversed());
      at = Math.max(at, end - 1);
    }
  return line;
};

const mirrors: Readonly<Record<string, string>> = {
  ...{ '(': ')', ')': '(', '[': ']', ']': '[', '<': '>', '>': '<', '«': '»', '»': '«' },
};

/** Signs side by side that go one way; a run from the right keeps the order of reading, for the font turns it. */
const runsOf = (cells: readonly Cell[]): Run[] => {
  const runs: Run[] = [];
  for (const { text, level, inner } of cells) {
    if (inner !== undefined) {
      runs.push(...inner);
      continue;
    }
    const direction: Direction = level % 2 === 0 ? 'ltr' : 'rtl';
    const sign = direction === 'rtl' ? (mirrors[text] ?? text) : text;
    const last = runs.at(-1);
    if (last?.direction !== direction) runs.push({ text: sign, direction });
    else last.text = direction === 'rtl' ? sign + last.text : last.text + sign;
  }
  return runs.map(asDrawn);
};

/** The font turns round what has letters from the right; signs alone are turned here. */
const asDrawn = ({ text, direction }: Run): Run =>
  direction === 'rtl' && directionOf(text, 'ltr') === 'ltr'
    ? { text: [...text].toReversed().join(''), direction: 'ltr' }
    : { text, direction };
