/**
 * A text as it goes out: `renderMessage(text, language, data)` → subject, HTML and plain text that say the same.
 * From: the mail workflow with `MessageData`; our own text, or a company's own as `{ source }` (see `lint-text.ts`).
 * Next: the mailer. What is missing or does not add up is refused as `not-rendered`, with the reason: nothing goes
 * out with a hole in it. Templates are made once; rows cost what rows cost.
 */
import { oneLine } from '../domain/mail.ts';
import type { MessageData, MessageLanguage, MessageText } from '../domain/message-data.ts';
import { done, refuse, type Outcome } from '../domain/outcome.ts';
import { compileText, ownText, type CompiledText } from './text-compile.ts';
import { viewOf, type View } from './text-view.ts';

export type RenderedMessage = {
  subject: string;
  html: string;
  text: string;
  /** Of the template, kept with the message. */
  version: number;
};

/** A company's own text, as its settings keep it; of its version only one is ever read. */
export type OwnTemplate = { source: string };

export type Rendering = Outcome<RenderedMessage, 'not-rendered'>;

/** Refused where the data lack what the text tells of, or its sums do not agree. */
export const renderMessage = (
  text: MessageText,
  language: MessageLanguage,
  data: MessageData,
  own?: OwnTemplate,
): Rendering =>
  orNotRendered(() => {
    const templates = templatesOf(text, language, own);
    return filled(templates, viewOf(text, language, data));
  });

/** The templates filled with what they see; apart from the view, as the bench measures both. */
export const filled = ({ version, ...templates }: CompiledText, view: View): RenderedMessage => ({
  subject: oneLine(templates.subject(view)),
  html: templates.html(view),
  text: `${templates.text(view).trimEnd()}\n`,
  version,
});

const owns = new Map<string, CompiledText>();
const mostOwn = 500;

export const templatesOf = (
  text: MessageText,
  language: MessageLanguage,
  own?: OwnTemplate,
): CompiledText => {
  if (own === undefined) return ownText(text, language);
  const key = `${text}/${language}/${own.source}`;
  const before = owns.get(key);
  if (before !== undefined) return before;
  const made = compileText(text, language, own.source);
  if (owns.size >= mostOwn) owns.clear();
  owns.set(key, made);
  return made;
};

/** What data or a template can get wrong is a refusal; anything else is a fault of ours and throws. */
export const orNotRendered = <Value>(make: () => Value): Outcome<Value, 'not-rendered'> => {
  try {
    return done(make());
  } catch (error) {
    if (error instanceof RangeError) return refuse('not-rendered', error.message);
    throw error;
  }
};
