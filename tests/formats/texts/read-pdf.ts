/**
 * Reads a PDF of ours back: what stands where on which page, by the maps from glyphs to signs that the file carries.
 * From: bytes. Next: tests of letters and statements. Text comes in the order of drawing, from left to right.
 */
import { inflateSync } from 'node:zlib';

export type Drawn = { page: number; x: number; y: number; size: number; font: string; text: string };

type Objects = ReadonlyMap<string, string>;

/** Every piece of text, line by line from the top of each page. */
export const drawnIn = (bytes: Uint8Array): Drawn[] => {
  const objects = objectsOf(Buffer.from(bytes).toString('latin1'));
  const pages = [...objects.values()].filter((body) => /\/Type \/Page\b(?!s)/.test(body));
  return pages.flatMap((body, at) => {
    const contents = /\/Contents (\d+) 0 R/.exec(body)?.[1] ?? '';
    const resources = objects.get(/\/Resources (\d+) 0 R/.exec(body)?.[1] ?? '') ?? body;
    return drawnOn(streamOf(objects.get(contents) ?? ''), fontsOf(resources, objects), at + 1);
  });
};

/** The lines of all pages as text; what is drawn side by side stands side by side. */
export const linesIn = (bytes: Uint8Array): string[] => {
  const lines = new Map<string, Drawn[]>();
  for (const one of drawnIn(bytes)) {
    const key = `${one.page}/${one.y.toFixed(1)}`;
    lines.set(key, [...(lines.get(key) ?? []), one]);
  }
  return [...lines.values()].map((pieces) =>
    pieces
      .toSorted((a, b) => a.x - b.x)
      .map(({ text }) => text)
      .join(' '),
  );
};

const objectsOf = (file: string): Objects =>
  new Map(
    [...file.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, id = '', body = '']) => [
      id,
      body,
    ]),
  );

const streamOf = (body: string): string => {
  const [, raw = ''] = /stream\n([\s\S]*?)\nendstream/.exec(body) ?? [];
  const bytes = Buffer.from(raw, 'latin1');
  return (body.includes('/FlateDecode') ? inflateSync(bytes) : bytes).toString('latin1');
};

type Font = ReadonlyMap<string, string>;

const fontsOf = (resources: string, objects: Objects): ReadonlyMap<string, Font> => {
  const named = [...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)];
  return new Map(
    named.map(([, name = '', id = '']) => {
      const map = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id) ?? '')?.[1] ?? '';
      return [name, glyphsOf(streamOf(objects.get(map) ?? ''))];
    }),
  );
};

/** `<0001> <0005> [<0041> <0042> …]`: a range of glyphs and their signs, one by one. */
const glyphsOf = (map: string): Font => {
  const glyphs = new Map<string, string>();
  for (const [, first = '', , list = ''] of map.matchAll(/<([0-9a-f]{4})> <([0-9a-f]{4})> \[([^\]]*)\]/gi))
    for (const [at, [, signs = '']] of [...list.matchAll(/<([0-9a-f ]*)>/gi)].entries()) {
      const glyph = (parseInt(first, 16) + at).toString(16).padStart(4, '0');
      glyphs.set(glyph, Buffer.from(signs.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'));
    }
  return glyphs;
};

const drawnOn = (content: string, fonts: ReadonlyMap<string, Font>, page: number): Drawn[] =>
  [...content.matchAll(/BT\n([\s\S]*?)\nET/g)].map(([, ops = '']) => {
    const [, x = '0', y = '0'] = /1 0 0 1 (\S+) (\S+) Tm/.exec(ops) ?? [];
    const [, font = '', size = '0'] = /\/(F\d+) (\S+) Tf/.exec(ops) ?? [];
    const glyphs = [...ops.matchAll(/<([0-9a-f]+)>/gi)].flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? []);
    const text = glyphs.map((glyph) => fonts.get(font)?.get(glyph) ?? '\ufffd').join('');
    return { page, x: Number(x), y: Number(y), size: Number(size), font, text };
  });
