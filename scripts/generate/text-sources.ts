/**
 * The texts to customers gathered into two files that the bundle can hold: sources and labels of each language, and
 * the frame of the HTML, compiled from MJML here so that nothing compiles it at run time.
 * From: `shared/formats/texts/`. Next: `texts.json` and `layout.json` in it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { scriptCodes } from '../../shared/domain/call-outcomes.ts';
import { messageLanguages, messageTexts } from '../../shared/domain/message-data.ts';

/** MJML comes without types; this is what is used of it. */
type Mjml = (
  source: string,
  options: { validationLevel: 'strict'; keepComments: boolean },
) => Promise<{ html: string; errors: { formattedMessage: string }[] }>;

const mjml = createRequire(join(import.meta.dirname, 'text-sources.ts'))('mjml') as Mjml;

const folder = join(import.meta.dirname, '..', '..', 'shared', 'formats', 'texts');
const read = (...path: string[]): string => readFileSync(join(folder, ...path), 'utf8');

const partNames = (): string[] => [
  ...new Set(
    readdirSync(join(folder, 'parts'))
      .map((name) => name.split('.')[0] ?? '')
      .toSorted(),
  ),
];

/** A file ends with a line's end; after a tag it would be an empty line in the mail. */
const partOf = (name: string, kind: 'html' | 'text'): string =>
  read('parts', `${name}.${kind}.liquid`).replace(/%\}\n$/, '%}');

export const textsJson = (): string => {
  const parts = partNames().map((name) => [name, { html: partOf(name, 'html'), text: partOf(name, 'text') }]);
  const languages = messageLanguages.map((language) => {
    const sourceOf = (code: string): [string, string] => [
      code,
      read(language, `${code.toLowerCase()}.liquid`),
    ];
    const texts: unknown = Object.fromEntries(messageTexts.map(sourceOf));
    const scripts: unknown = Object.fromEntries(scriptCodes.map(sourceOf));
    const labels: unknown = JSON.parse(read(language, 'labels.json'));
    return [language, { labels, texts, scripts }];
  });
  const all = {
    parts: Object.fromEntries(parts) as unknown,
    languages: Object.fromEntries(languages) as unknown,
  };
  return `${JSON.stringify(all, null, 2)}\n`;
};

/** Once for each direction: MJML writes left and right out. @throws when the layout is not MJML. */
export const layoutJson = async (): Promise<string> => {
  const source = read('layout.mjml');
  const compiled = async (direction: 'ltr' | 'rtl'): Promise<string> => {
    const start = direction === 'ltr' ? 'left' : 'right';
    const filled = source.replaceAll('%%dir%%', direction).replaceAll('%%start%%', start);
    const { html, errors } = await mjml(filled, { validationLevel: 'strict', keepComments: true });
    if (errors.length > 0) throw new Error(errors.map(({ formattedMessage }) => formattedMessage).join('\n'));
    return html.replace(/\n\s*/g, '\n').trim();
  };
  const [ltr, rtl] = [await compiled('ltr'), await compiled('rtl')];
  return `${JSON.stringify({ ltr, rtl }, null, 2)}\n`;
};
