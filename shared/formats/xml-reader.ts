/**
 * Reads an XML file into elements, safely: no DOCTYPE, no entities but the five of XML, nothing fetched, and
 * limits that end the reading long before time or memory do. From: bytes of an upload. Next: `ubl-*.ts`,
 * `cii-*.ts`, `camt-*.ts`. Elements of foreign namespaces (extensions, XInclude, signatures) are left out.
 * It works in steps of 64 KiB, so that a caller can stop between them; run to its end it is bounded by
 * `xmlLimits`.
 */
import { SaxesParser } from 'saxes';
import type { Outcome } from '../domain/outcome.ts';
import { xmlText } from './xml-encoding.ts';
import { refusing, stop, type FileRefusal } from './xml-refusal.ts';

/** What a file may have at most; beyond it `xml-too-large`. */
export const xmlLimits = {
  bytes: 12 * 1024 * 1024,
  /** Comments and instructions count as elements. */
  elements: 400_000,
  depth: 64,
  attributesOfElement: 50,
  attributeLength: 10_000,
  nameLength: 1_000,
  references: 200_000,
} as const;

const stepLength = 64 * 1024;

export type XmlElement = {
  name: string;
  space: string;
  /** By local name; those of a namespace of their own are left out. */
  attributes: ReadonlyMap<string, string>;
  text: string;
  children: readonly XmlElement[];
};

type Growing = Omit<XmlElement, 'attributes' | 'children'> & {
  attributes: Map<string, string>;
  children: Growing[];
};

/** Namespaces that belong together: one document is written in several of them. */
const families = [
  'urn:oasis:names:specification:ubl:schema:xsd:',
  'urn:un:unece:uncefact:data:standard:',
  'urn:iso:std:iso:20022:tech:xsd:',
];

const isOfFamily = (root: string, space: string): boolean =>
  root === space || families.some((family) => root.startsWith(family) && space.startsWith(family));

/** Reads a whole file. Codes: `unsafe-xml`, `xml-malformed`, `xml-too-large`, `encoding-…`. */
export const readXml = (bytes: Uint8Array): Outcome<XmlElement, FileRefusal> =>
  refusing(() => xmlRoot(bytes));

/** The same inside a reader that stops by itself. */
export const xmlRoot = (bytes: Uint8Array): XmlElement => {
  const steps = xmlSteps(bytes);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
};

/** Reads step by step; each yields how much is read. A caller that has had enough just does not go on. */
export function* xmlSteps(bytes: Uint8Array): Generator<{ charactersRead: number }, XmlElement> {
  if (bytes.length > xmlLimits.bytes)
    stop('xml-too-large', `the file has ${bytes.length} bytes, more than ${xmlLimits.bytes}`);
  const text = xmlText(bytes);
  checkProlog(text);
  checkCounts(text);
  checkLengths(text);
  const { parser, root } = treeParser(() => /<!(DOCTYPE|ENTITY)/i.test(text));
  for (let at = 0; at < text.length; at += stepLength) {
    parser.write(text.slice(at, at + stepLength));
    yield { charactersRead: Math.min(text.length, at + stepLength) };
  }
  parser.close();
  return root() ?? stop('xml-malformed', 'the file has no element');
}

/** Before anything is parsed: a DOCTYPE can be all of the file. */
const checkProlog = (text: string): void => {
  const doctype = text.slice(0, 1_000_000).search(/<!(DOCTYPE|ENTITY)/i);
  const element = text.search(/<[\p{L}_:]/u);
  if (doctype >= 0 && (element < 0 || doctype < element))
    stop('unsafe-xml', 'a DOCTYPE or an entity is not accepted');
};

const longName = new RegExp(`<[^!?/<>\\s][^<>/\\s]{${xmlLimits.nameLength}}`);
const longAttribute = new RegExp(
  ['"', "'"].map((mark) => `=\\s{0,20}${mark}[^<${mark}]{${xmlLimits.attributeLength + 1}}`).join('|'),
);

/** A parser collects a name or a value to its end before it tells of it. */
const checkLengths = (text: string): void => {
  if (longName.test(text)) stop('xml-too-large', `a name is longer than ${xmlLimits.nameLength}`);
  if (longAttribute.test(text))
    stop('xml-too-large', `an attribute is longer than ${xmlLimits.attributeLength}`);
};

/** Counted before parsing: to refuse is cheap, to build what is refused is not. */
const checkCounts = (text: string): void => {
  if (countOf(text, '&') > xmlLimits.references)
    stop('xml-too-large', `more than ${xmlLimits.references} references`);
  if (countOf(text, '<') > 2 * xmlLimits.elements)
    stop('xml-too-large', `more than ${xmlLimits.elements} elements`);
};

const countOf = (text: string, mark: string): number => {
  let count = 0;
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) count += 1;
  return count;
};

type Tree = { root?: Growing; open: Growing[]; elements: number; attributes: number; skipped: number };

const treeParser = (
  isUnsafe: () => boolean,
): { parser: SaxesParser<{ xmlns: true }>; root: () => XmlElement | undefined } => {
  const parser = new SaxesParser({ xmlns: true });
  const tree: Tree = { open: [], elements: 0, attributes: 0, skipped: 0 };
  parser.on('doctype', () => stop('unsafe-xml', 'a DOCTYPE is not accepted'));
  parser.on('error', (error) =>
    isUnsafe()
      ? stop('unsafe-xml', 'a DOCTYPE or an entity is not accepted')
      : stop('xml-malformed', error.message),
  );
  for (const event of ['opentagstart', 'comment', 'processinginstruction'] as const)
    parser.on(event, () => countElement(tree));
  parser.on('attribute', ({ value }) => countAttribute(tree, value));
  parser.on('opentag', (tag) => openElement(tree, tag));
  parser.on('closetag', () => closeElement(tree));
  const addText = (text: string): void => {
    const element = tree.open.at(-1);
    if (tree.skipped === 0 && element !== undefined) element.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  return { parser, root: () => tree.root };
};

const countElement = (tree: Tree): void => {
  tree.elements += 1;
  tree.attributes = 0;
  if (tree.elements > xmlLimits.elements) stop('xml-too-large', `more than ${xmlLimits.elements} elements`);
  if (tree.open.length + tree.skipped >= xmlLimits.depth)
    stop('xml-too-large', `elements lie deeper than ${xmlLimits.depth}`);
};

const countAttribute = (tree: Tree, value: string): void => {
  tree.attributes += 1;
  if (tree.attributes > xmlLimits.attributesOfElement)
    stop('xml-too-large', `an element has more than ${xmlLimits.attributesOfElement} attributes`);
  if (value.length > xmlLimits.attributeLength)
    stop('xml-too-large', `an attribute is longer than ${xmlLimits.attributeLength}`);
};

type Tag = {
  local: string;
  uri: string;
  attributes: Record<string, { local: string; prefix: string; value: string }>;
};

const openElement = (tree: Tree, tag: Tag): void => {
  if (tree.skipped > 0 || (tree.root !== undefined && !isOfFamily(tree.root.space, tag.uri))) {
    tree.skipped += 1;
    return;
  }
  const own = Object.values(tag.attributes).filter(({ prefix }) => prefix === '');
  const attributes = new Map(own.map(({ local, value }): [string, string] => [local, value]));
  const element: Growing = { name: tag.local, space: tag.uri, attributes, text: '', children: [] };
  tree.open.at(-1)?.children.push(element);
  tree.root ??= element;
  tree.open.push(element);
};

const closeElement = (tree: Tree): void => {
  if (tree.skipped > 0) tree.skipped -= 1;
  else tree.open.pop();
};
