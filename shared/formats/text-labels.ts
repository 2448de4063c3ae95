/**
 * The words of a language that are the same in all texts, and the sources of our own texts.
 * From: `texts/texts.json`, which `scripts/make-texts.ts` gathers. Next: views, templates, PDFs.
 */
import type { ScriptCode } from '../domain/call-outcomes.ts';
import type { MessageLanguage, MessageText } from '../domain/message-data.ts';
import type { PartName } from './text-catalogue.ts';
import gathered from './texts/texts.json' with { type: 'json' };

type Label = keyof (typeof gathered)['languages']['en']['labels'];
type Gathered = {
  parts: Readonly<Record<PartName, { html: string; text: string }>>;
  languages: Readonly<
    Record<
      MessageLanguage,
      {
        labels: Readonly<Record<Label, string>>;
        texts: Readonly<Record<MessageText, string>>;
        scripts: Readonly<Record<ScriptCode, string>>;
      }
    >
  >;
};

const all: Gathered = gathered;

export type LabelName = Label;

export const labelOf = (language: MessageLanguage, name: Label): string =>
  all.languages[language].labels[name];

export const isLabel = (name: string): name is Label => Object.hasOwn(all.languages.en.labels, name);

/** A label before what it names; in French a space stands before the colon. */
export const namedBy = (language: MessageLanguage, label: string): string =>
  language === 'fr' ? `${label}\u00a0: ` : `${label}: `;

/** The label with its `{{ name }}` places filled. */
export const labelWith = (
  language: MessageLanguage,
  name: Label,
  words: Readonly<Record<string, string>>,
): string =>
  labelOf(language, name).replace(/\{\{ (\w+) \}\}/g, (place, word: string) => words[word] ?? place);

export const ownSource = (language: MessageLanguage, text: MessageText): string =>
  all.languages[language].texts[text];

export const scriptSource = (language: MessageLanguage, code: ScriptCode): string =>
  all.languages[language].scripts[code];

export const partSource = (name: PartName): { html: string; text: string } => all.parts[name];
